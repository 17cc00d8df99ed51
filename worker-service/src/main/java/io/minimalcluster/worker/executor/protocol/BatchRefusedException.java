package io.minimalcluster.worker.executor.protocol;

import java.io.IOException;

/** Thrown if executors of this worker cannot run a batch, while those of another worker may. */
public final class BatchRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    public BatchRefusedException(String message) {
        super(message);
    }
}
