package io.minimalcluster.master.job;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.OpenCalls;
import io.minimalcluster.model.JobId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets a caller wait for the end of a job; who waited is told of it only if his key still opens something. */
@Component
public class AwaitEnd {
    private final Jobs jobs;
    private final JobWatch watch;
    private final OpenCalls calls;

    AwaitEnd(Jobs jobs, JobWatch watch, OpenCalls calls) {
        this.jobs = jobs;
        this.watch = watch;
        this.calls = calls;
    }

    /** Waits until the job has ended, or so long. */
    public void await(Caller caller, JobId id, Duration wait) {
        if (wait.isZero()) {
            return;
        }
        watch.awaitEnd(id, wait, () -> jobs.find(caller, id).state().isTerminal());
        calls.check();
    }
}
