package io.minimalcluster.chaos.recovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What becomes of a worker that was just killed, and of a task that it ran. */
final class WorkerLossProbe {
    private final ClusterObserver observer;
    private final RecoveryTimes times;
    private final String worker;
    private final String task;
    private final long killed;
    private boolean isSilent;
    private boolean isMoved;
    private boolean wasFree;

    WorkerLossProbe(ClusterObserver observer, RecoveryTimes times, String worker, String task, long killed) {
        this.observer = observer;
        this.times = times;
        this.worker = worker;
        this.task = task;
        this.killed = killed;
    }

    /** Looks until the worker is said to be silent and the task runs elsewhere, or for so long. */
    void watch(Duration longest) {
        var _ = ClusterObserver.await(longest, () -> {
            look();
            return isSilent && isMoved ? Optional.of(true) : Optional.empty();
        });
    }

    private void look() {
        if (!isSilent) {
            List<JsonNode> workers = observer.workers();
            isSilent = workers.stream().anyMatch(each -> isThis(each) && ClusterObserver.isSilent(each));
            if (isSilent) {
                times.takeSince(RecoveryInterval.SILENT, killed);
            } else if (!workers.isEmpty()) { // once it is silent its tasks may take what was free
                wasFree = workers.stream().anyMatch(this::isFree);
            }
        }
        if (!isMoved) {
            observer.task(task).ifPresent(this::look);
        }
    }

    private void look(JsonNode seen) {
        Optional<String> now = ClusterObserver.worker(seen);
        if (now.filter(each -> !each.equals(worker)).isPresent()) {
            isMoved = true;
            times.takeSince(wasFree ? RecoveryInterval.MOVED : RecoveryInterval.MOVED_LATER, killed);
        } else if (seen.path("finishedAt").isString()) {
            isMoved = true; // it came to its end just before, and there is nothing to measure
        }
    }

    private boolean isFree(JsonNode other) {
        return !isThis(other)
                && ClusterObserver.isActive(other)
                && other.path("busy").asInt() < other.path("slots").asInt();
    }

    private boolean isThis(JsonNode other) {
        return other.path("id").asString().equals(worker);
    }
}
