package io.minimalcluster.client.local;

import java.io.Serial;

/** A process could not be made to end: it is somebody else's, or the system holds on to it. */
public final class StopFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StopFailedException(RecordedProcess process) {
        super(process.name() + ", process " + process.pid() + ", can't be made to end");
    }
}
