package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;

/** A job on its way in. Closed without having been kept, it leaves nothing behind. */
public final class JobUpload implements AutoCloseable {
    private final Caller caller;
    private final JobId id;
    private final CompletedUpload completedUpload;
    private final ArgumentUpload arguments;

    JobUpload(Caller caller, JobId id, CompletedUpload completedUpload, ArgumentUpload arguments) {
        this.caller = caller;
        this.id = id;
        this.completedUpload = completedUpload;
        this.arguments = arguments;
    }

    public Caller caller() {
        return caller;
    }

    /** The id that it will have. */
    public JobId id() {
        return id;
    }

    public ArgumentUpload arguments() {
        return arguments;
    }

    CompletedUpload received() {
        return completedUpload;
    }

    @Override
    public void close() {
        completedUpload.close();
    }
}
