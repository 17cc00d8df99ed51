package io.minimalcluster.master.lease;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import org.springframework.stereotype.Component;

/** Takes from what workers post how fast functions are, and how far batches got. */
@Component
public class Pace {
    private final TaskSpeeds speeds;
    private final Headways headways;

    Pace(TaskSpeeds speeds, Headways headways) {
        this.speeds = speeds;
        this.headways = headways;
    }

    /** Tells of tasks of a function that took so long altogether. */
    public void measured(String environment, String method, long nanos, int tasks) {
        speeds.measured(environment, method, nanos, tasks);
    }

    /** Tells that the tasks of a lease before an index are through; {@code done} if nothing follows. */
    public void posted(WorkerId worker, LeaseId lease, long end, boolean done) {
        headways.posted(worker, lease, end, done);
    }
}
