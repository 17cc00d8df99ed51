package io.minimalcluster.master.job.run;

import io.minimalcluster.master.environment.LoadEnvironment;
import io.minimalcluster.master.environment.PostedSources;
import io.minimalcluster.master.environment.PreparedEnvironment;
import io.minimalcluster.master.idempotency.IdempotentCall;
import io.minimalcluster.master.idempotency.Receipt;
import io.minimalcluster.master.job.submit.JobUpload;
import io.minimalcluster.master.job.submit.OpenJobUpload;
import io.minimalcluster.master.job.submit.SharedParameter;
import io.minimalcluster.master.job.submit.SubmitJob;
import io.minimalcluster.master.job.submit.TargetResolver.Target;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.environment.TargetFunction;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Starts a run. The environment and the job are stored in one transaction. */
@Component
class StartRun {
    private final PostedSources sources;
    private final LoadEnvironment environments;
    private final OpenJobUpload openUpload;
    private final SubmitJob submitJob;

    StartRun(PostedSources sources, LoadEnvironment environments, OpenJobUpload openUpload, SubmitJob submitJob) {
        this.sources = sources;
        this.environments = environments;
        this.openUpload = openUpload;
        this.submitJob = submitJob;
    }

    /** Reads the request of a run, and its arguments into the upload of a job. */
    @FunctionalInterface
    interface Reading {
        RunRequest read(JobUpload job) throws IOException;
    }

    /** Reads a run and starts its job. Returns the id of the job. */
    JobId start(Caller caller, IdempotentCall call, Reading reading) throws IOException {
        try (JobUpload job = openUpload.begin(caller)) {
            RunRequest run = reading.read(job);
            sources.check(run.sources());
            PreparedEnvironment code = environments.ready(run.sources());
            TargetFunction function = code.find(run.function());
            job.arguments().check(SharedParameter.withoutShared(function, run.options()));
            keep(job, call.finish(), code, Target.of(code.id(), function).reducing(run.options(), code::find), run);
            return job.id();
        }
    }

    private void keep(JobUpload job, Receipt receipt, PreparedEnvironment code, Target target, RunRequest run) {
        submitJob.insert(job, target, run.options(), sql -> {
            environments.keep(sql, job.caller(), code);
            receipt.keep(sql, job.id().value());
            return job.id();
        });
    }
}
