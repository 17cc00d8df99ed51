package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;

/** Upload of a job. If it is closed before the job is submitted, it deletes its stored segments. */
public final class JobUpload implements AutoCloseable {
    private final Caller caller;
    private final JobId id;
    private final SegmentSpool spool;
    private final ArgumentUpload arguments;

    JobUpload(Caller caller, JobId id, SegmentSpool spool, ArgumentUpload arguments) {
        this.caller = caller;
        this.id = id;
        this.spool = spool;
        this.arguments = arguments;
    }

    public Caller caller() {
        return caller;
    }

    /** The id of the future job. */
    public JobId id() {
        return id;
    }

    public ArgumentUpload arguments() {
        return arguments;
    }

    SegmentSpool spool() {
        return spool;
    }

    @Override
    public void close() {
        spool.close();
    }
}
