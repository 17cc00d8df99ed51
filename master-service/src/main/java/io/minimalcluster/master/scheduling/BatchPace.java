package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import org.springframework.stereotype.Component;

/** Derives task speeds and the progress of leases from posted results. */
@Component
public class BatchPace {
    private final TaskSpeedCache speedCache;
    private final LeaseProgressCache progressCache;

    BatchPace(TaskSpeedCache speedCache, LeaseProgressCache progressCache) {
        this.speedCache = speedCache;
        this.progressCache = progressCache;
    }

    /** Records the total duration of some tasks of a function. */
    public void measured(String environment, String method, long nanos, int tasks) {
        speedCache.measured(environment, method, nanos, tasks);
    }

    /**
     * Records that all tasks of a lease before the index {@code end} have an outcome; {@code done} if no part follows.
     */
    public void recordResults(WorkerId worker, LeaseId lease, long end, boolean done) {
        progressCache.recordResults(worker, lease, end, done);
    }
}
