package io.minimalcluster.system.harness;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/**
 * Reads a job over and over while things break, as a client would, and holds the master to what it said: every count
 * adds up (I5), and no line of the log of results changes or goes away once it was read (I2, I3).
 */
public final class JobObserver implements AutoCloseable {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final Api api;
    private final String job;
    private final List<String> seen = new ArrayList<>(); // used by the reading thread, and by others after its end
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final Thread reading;
    private volatile boolean over;

    private JobObserver(Api api, String job) {
        this.api = api;
        this.job = job;
        this.reading = Thread.ofVirtual().name("witness").start(this::watch);
    }

    /** Watches a job from now on. */
    public static JobObserver of(Api api, String job) {
        return new JobObserver(api, job);
    }

    private void watch() {
        while (!over) {
            try {
                count();
                read();
            } catch (UncheckedIOException e) {
                // the master is away: it can't break a promise now
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private void count() {
        Response response = api.get("/jobs/" + job);
        if (response.status() == 200) {
            JsonNode tasks = response.json().path("tasks");
            long sum = 0;
            for (String state : List.of("pending", "running", "succeeded", "failed", "cancelled")) {
                sum += tasks.path(state).asLong();
            }
            note(sum == tasks.path("total").asLong(), "counts do not add up: " + tasks);
        } else {
            note(response.status() == 503, "the job is answered with " + response.status() + " " + response.text());
        }
    }

    private void read() {
        Response response = api.get("/jobs/" + job + "/results?order=completion&after=" + seen.size());
        if (response.status() == 200) {
            response.text().lines().forEach(seen::add);
        } else {
            note(response.status() == 503, "results are answered with " + response.status() + " " + response.text());
        }
    }

    private void note(boolean asPromised, String otherwise) {
        if (!asPromised) {
            broken.add(otherwise);
        }
    }

    /** Waits for the end of the job: each of its tasks has succeeded, exactly once, with its value. */
    public void expectSuccess(long tasks, LongFunction<String> value) {
        JsonNode ended = api.ended(job);
        close();
        Assertions.assertThat(ended.path("state").asString())
                .as(ended.toString())
                .isEqualTo("SUCCEEDED");
        List<String> log = api.get("/jobs/" + job + "/results?order=completion")
                .expect(200)
                .text()
                .lines()
                .toList();
        Assertions.assertThat(broken).as("promises broken").isEmpty();
        Assertions.assertThat(log).as("what was read before").startsWith(seen.toArray(String[]::new));
        Map<Long, String> values = new HashMap<>();
        for (String line : log) {
            JsonNode outcome = Json.read(line);
            String before = values.put(
                    outcome.path("index").asLong(), outcome.path("value").toString());
            Assertions.assertThat(before).as("a second outcome: " + line).isNull();
        }
        Assertions.assertThat(values).hasSize(Math.toIntExact(tasks));
        values.forEach((index, found) ->
                Assertions.assertThat(found).as("the value of task " + index).isEqualTo(value.apply(index)));
    }

    @Override
    public void close() {
        over = true;
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
