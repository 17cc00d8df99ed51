package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.CallResponse;
import io.minimalcluster.chaos.load.SingleCalls;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What the master tells of its workers and tasks. Where it does not answer there is nothing to see. */
public final class ClusterObserver {
    private static final Set<String> UNHEARD = Set.of("SILENT", "LOST", "GONE");
    private static final long PAUSE_NANOS = 20_000_000;

    private final SingleCalls calls;

    public ClusterObserver(SingleCalls calls) {
        this.calls = calls;
    }

    /** Every worker that it knows, but for the one that only asks. */
    public List<JsonNode> workers() {
        return look("/workers?limit=100").stream()
                .flatMap(page -> page.path("items").valueStream())
                .filter(worker -> !worker.path("name").asString().equals(PollProbe.NAME))
                .toList();
    }

    /** Those that take work, of which nothing keeps them busy. */
    public List<JsonNode> idle() {
        return workers().stream()
                .filter(ClusterObserver::isActive)
                .filter(worker -> worker.path("busy").asInt() == 0)
                .toList();
    }

    /** The id of the newest worker with this name. */
    Optional<String> idOf(String name) {
        return workers().stream()
                .filter(worker -> worker.path("name").asString().equals(name))
                .max(Comparator.comparing(worker -> worker.path("registeredAt").asString()))
                .map(worker -> worker.path("id").asString());
    }

    /** The worker that has a task, if one has; the path is that of the task. */
    public Optional<String> runnerOf(String path) {
        return task(path)
                .filter(task -> task.path("state").asString().equalsIgnoreCase("running"))
                .flatMap(ClusterObserver::worker);
    }

    /** A task, by its path. */
    Optional<JsonNode> task(String path) {
        return look(path);
    }

    /** The worker that has a task, or had it at its end. */
    static Optional<String> worker(JsonNode task) {
        return task.path("worker").asStringOpt();
    }

    static boolean isSilent(JsonNode worker) {
        return UNHEARD.contains(worker.path("state").asString());
    }

    static boolean isActive(JsonNode worker) {
        return worker.path("state").asString().equals("ACTIVE");
    }

    private Optional<JsonNode> look(String path) {
        CallResponse response = calls.get(path);
        return response.isOk() ? response.json() : Optional.empty();
    }

    /** Looks until there is something, or for so long. */
    public static <T> Optional<T> await(Duration longest, Supplier<Optional<T>> look) {
        long begun = System.nanoTime();
        Optional<T> found = look.get();
        while (found.isEmpty() && System.nanoTime() - begun < longest.toNanos()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = look.get();
        }
        return found;
    }
}
