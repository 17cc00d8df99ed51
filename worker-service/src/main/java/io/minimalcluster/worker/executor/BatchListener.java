package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.ExecutedPart;

/** Hears what comes of a batch, on the thread that runs it; while it listens, nothing new is taken in. */
@FunctionalInterface
public interface BatchListener {
    /** Outcomes in the order of their completion; each position comes once. */
    void part(ExecutedPart part);
}
