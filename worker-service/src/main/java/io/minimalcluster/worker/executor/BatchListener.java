package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.ExecutedPart;

/**
 * Receives the outcomes of a batch on the thread that runs it. No further frame is processed while the listener runs
 * (back-pressure).
 */
@FunctionalInterface
public interface BatchListener {
    /** Receives outcomes in order of completion, each position once. */
    void part(ExecutedPart part);
}
