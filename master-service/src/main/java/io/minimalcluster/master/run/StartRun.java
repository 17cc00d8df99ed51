package io.minimalcluster.master.run;

import io.minimalcluster.master.environment.LoadEnvironment;
import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.environment.ReadyEnvironment;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.job.IncomingJob;
import io.minimalcluster.master.job.KeepJob;
import io.minimalcluster.master.job.ReceiveJob;
import io.minimalcluster.master.job.SharedParameter;
import io.minimalcluster.master.job.TargetOfJob.Target;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.TargetFunction;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Starts what was posted: the code and the job are kept in one transaction, or neither. */
@Component
class StartRun {
    private final PostedSources sources;
    private final LoadEnvironment environments;
    private final ReceiveJob receive;
    private final KeepJob keep;

    StartRun(PostedSources sources, LoadEnvironment environments, ReceiveJob receive, KeepJob keep) {
        this.sources = sources;
        this.environments = environments;
        this.receive = receive;
        this.keep = keep;
    }

    /** Reads a run off a call, its arguments into a job. */
    @FunctionalInterface
    interface Reading {
        PostedRun read(IncomingJob job) throws IOException;
    }

    /** Starts what is read; its job. */
    JobId start(Caller caller, IdempotentCall call, Reading reading) throws IOException {
        try (IncomingJob job = receive.begin(caller)) {
            PostedRun run = reading.read(job);
            sources.check(run.sources());
            ReadyEnvironment code = environments.ready(run.sources());
            TargetFunction function = code.find(run.function());
            job.arguments().check(SharedParameter.aside(function, run.options()));
            keep(job, call.finish(), code, Target.of(code.id(), function).reducing(run.options(), code::find), run);
            return job.id();
        }
    }

    private void keep(IncomingJob job, Receipt receipt, ReadyEnvironment code, Target target, PostedRun run) {
        keep.keep(job, target, run.options(), sql -> {
            environments.keep(sql, job.caller(), code);
            receipt.keep(sql, job.id().value());
            return job.id();
        });
    }
}
