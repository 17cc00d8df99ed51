package io.minimalcluster.system.harness;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** The Prometheus metrics of a master. */
public record Metrics(String text) {
    public static Metrics of(MasterProcess master) {
        return new Metrics(Api.of(master.url(), master.read("authkey"))
                .send("GET", "/actuator/prometheus", Map.of(), BodyPublishers.noBody())
                .expect(200)
                .text());
    }

    /** Sums a metric over all labels. */
    public double sum(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
