package io.minimalcluster.client.local;

import java.io.Serial;

/** Thrown when a process can't be killed, because it belongs to another user or hangs in the kernel. */
public final class StopFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StopFailedException(RecordedProcess process) {
        super(process.name() + ", process " + process.pid() + ", can't be killed");
    }
}
