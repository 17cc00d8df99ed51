package io.minimalcluster.chaos.recovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Observes a killed worker and a task that it ran. */
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

    /** Polls until the worker has timed out and the task runs elsewhere, or until the timeout. */
    void watch(Duration timeout) {
        var _ = ClusterObserver.await(timeout, () -> {
            poll();
            return isSilent && isMoved ? Optional.of(true) : Optional.empty();
        });
    }

    private void poll() {
        if (!isSilent) {
            List<JsonNode> workers = observer.workers();
            isSilent = workers.stream().anyMatch(each -> isThis(each) && ClusterObserver.isSilent(each));
            if (isSilent) {
                times.recordSince(RecoveryInterval.SILENT, killed);
            } else if (!workers.isEmpty()) { // after the timeout its tasks may use the free slots
                wasFree = workers.stream().anyMatch(this::isFree);
            }
        }
        if (!isMoved) {
            observer.read(task).ifPresent(this::inspect);
        }
    }

    private void inspect(JsonNode current) {
        Optional<String> now = ClusterObserver.worker(current);
        if (now.filter(each -> !each.equals(worker)).isPresent()) {
            isMoved = true;
            times.recordSince(wasFree ? RecoveryInterval.MOVED : RecoveryInterval.MOVED_LATER, killed);
        } else if (current.path("finishedAt").isString()) {
            isMoved = true; // the task ended before the kill
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
