package io.minimalcluster.master.job;

import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.LongRunningRequests;
import io.minimalcluster.model.JobId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Waits for the end of a job on behalf of a caller. The caller's key is checked again after the wait. */
@Component
public class AwaitJob {
    private final Jobs jobs;
    private final JobSubscriptions subscriptions;
    private final LongRunningRequests longRunning;

    AwaitJob(Jobs jobs, JobSubscriptions subscriptions, LongRunningRequests longRunning) {
        this.jobs = jobs;
        this.subscriptions = subscriptions;
        this.longRunning = longRunning;
    }

    /** Blocks until the job has ended or the wait has elapsed. */
    public void await(Caller caller, JobId id, Duration wait) {
        if (wait.isZero()) {
            return;
        }
        subscriptions.awaitEnd(
                id, wait, caller::sees, () -> jobs.find(caller, id).state().isTerminal());
        longRunning.check();
    }
}
