package io.minimalcluster.worker.actuator;

import io.minimalcluster.worker.actuator.ActuatorServer.Response;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of the endpoints, in the format of Spring Boot's actuator.
 *
 * @param health of the worker
 * @param executors the number of executors
 * @param version of this software
 */
public record ActuatorContent(Supplier<WorkerHealth> health, DoubleSupplier executors, String version) {
    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final String ROOT = "/actuator";
    private static final String METRICS = ROOT + "/metrics";

    /** The response for a path, or null if there is no such path. */
    @Nullable
    Response at(String path) {
        return switch (path) {
            case ROOT -> Response.ok(Map.of("_links", links()));
            case "/actuator/health" -> health(health.get().status());
            case "/actuator/health/liveness" -> health(WorkerHealth.UP);
            case "/actuator/health/readiness" -> health(health.get().readiness());
            case "/actuator/info" -> Response.ok(Map.of("build", Map.of("version", version)));
            case METRICS -> Response.ok(Map.of("names", metrics().keySet()));
            default -> path.startsWith(METRICS + "/") ? metric(path.substring(METRICS.length() + 1)) : null;
        };
    }

    private static Map<String, Map<String, String>> links() {
        return new TreeMap<>(Map.of(
                "health", Map.of("href", ROOT + "/health"),
                "info", Map.of("href", ROOT + "/info"),
                "metrics", Map.of("href", METRICS)));
    }

    private static Response health(String status) {
        return Response.json(
                status.equals(WorkerHealth.UP) ? OK : SERVICE_UNAVAILABLE, new TreeMap<>(Map.of("status", status)));
    }

    private @Nullable Response metric(String name) {
        DoubleSupplier metric = metrics().get(name);
        return metric == null
                ? null
                : Response.ok(Map.of(
                        "name",
                        name,
                        "measurements",
                        List.of(Map.of("statistic", "VALUE", "value", metric.getAsDouble())),
                        "availableTags",
                        List.of()));
    }

    private SequencedMap<String, DoubleSupplier> metrics() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return new TreeMap<>(Map.of(
                "executors", executors,
                "jvm.classes.loaded",
                        () -> ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                "jvm.memory.used",
                        () -> memory.getHeapMemoryUsage().getUsed()
                                + memory.getNonHeapMemoryUsage().getUsed(),
                "jvm.threads.live", () -> ManagementFactory.getThreadMXBean().getThreadCount(),
                "process.cpu.time", () -> system().getProcessCpuTime(),
                "process.uptime", () -> ManagementFactory.getRuntimeMXBean().getUptime(),
                "system.load.average.1m", () -> system().getSystemLoadAverage()));
    }

    private static com.sun.management.OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    }
}
