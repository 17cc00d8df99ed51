package io.minimalcluster.master.job;

import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.JobId;

/** A job on its way in. Closed without having been kept, it leaves nothing behind. */
public final class IncomingJob implements AutoCloseable {
    private final Caller caller;
    private final JobId id;
    private final ReceivedJob received;
    private final PostedArguments arguments;

    IncomingJob(Caller caller, JobId id, ReceivedJob received, PostedArguments arguments) {
        this.caller = caller;
        this.id = id;
        this.received = received;
        this.arguments = arguments;
    }

    public Caller caller() {
        return caller;
    }

    /** The id that it will have. */
    public JobId id() {
        return id;
    }

    public PostedArguments arguments() {
        return arguments;
    }

    ReceivedJob received() {
        return received;
    }

    @Override
    public void close() {
        received.close();
    }
}
