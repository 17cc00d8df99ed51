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

/** Reads the state of workers and tasks from the master. Results are empty while the master does not answer. */
public final class ClusterObserver {
    private static final Set<String> TIMED_OUT = Set.of("SILENT", "LOST", "GONE");
    private static final long PAUSE_NANOS = 20_000_000;

    private final SingleCalls calls;

    public ClusterObserver(SingleCalls calls) {
        this.calls = calls;
    }

    /** All workers except the poll probe. */
    public List<JsonNode> workers() {
        return read("/workers?limit=100").stream()
                .flatMap(page -> page.path("items").valueStream())
                .filter(worker -> !worker.path("name").asString().equals(PollProbe.NAME))
                .toList();
    }

    /** Active workers without a batch. */
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

    /**
     * The worker that runs a task, if any.
     *
     * @param path the path of the task
     */
    public Optional<String> runnerOf(String path) {
        return read(path)
                .filter(task -> task.path("state").asString().equalsIgnoreCase("running"))
                .flatMap(ClusterObserver::worker);
    }

    /** The worker that runs a task, or that ran it last. */
    static Optional<String> worker(JsonNode task) {
        return task.path("worker").asStringOpt();
    }

    static boolean isSilent(JsonNode worker) {
        return TIMED_OUT.contains(worker.path("state").asString());
    }

    static boolean isActive(JsonNode worker) {
        return worker.path("state").asString().equals("ACTIVE");
    }

    Optional<JsonNode> read(String path) {
        CallResponse response = calls.get(path);
        return response.isOk() ? response.json() : Optional.empty();
    }

    /** Polls until there is a result, or for a limited time. */
    public static <T> Optional<T> await(Duration timeout, Supplier<Optional<T>> poll) {
        long start = System.nanoTime();
        Optional<T> found = poll.get();
        while (found.isEmpty() && System.nanoTime() - start < timeout.toNanos()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = poll.get();
        }
        return found;
    }
}
