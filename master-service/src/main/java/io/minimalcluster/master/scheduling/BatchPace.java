package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import org.springframework.stereotype.Component;

/** Takes from what workers post how fast functions are, and how far batches got. */
@Component
public class BatchPace {
    private final TaskSpeedCache speedCache;
    private final LeaseProgressCache progressCache;

    BatchPace(TaskSpeedCache speedCache, LeaseProgressCache progressCache) {
        this.speedCache = speedCache;
        this.progressCache = progressCache;
    }

    /** Tells of tasks of a function that took so long altogether. */
    public void measured(String environment, String method, long nanos, int tasks) {
        speedCache.measured(environment, method, nanos, tasks);
    }

    /** Tells that the tasks of a lease before an index are through; {@code done} if nothing follows. */
    public void posted(WorkerId worker, LeaseId lease, long end, boolean done) {
        progressCache.posted(worker, lease, end, done);
    }
}
