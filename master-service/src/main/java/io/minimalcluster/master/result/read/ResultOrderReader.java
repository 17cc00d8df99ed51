package io.minimalcluster.master.result.read;

import java.io.IOException;

/** Reads the outcomes of a job step by step. It holds no transaction between steps. */
sealed interface ResultOrderReader permits CompletionOrderReader, IndexOrderReader {
    /** Passes the next matching outcomes to the visitor. */
    Step step(ResultVisitor visitor) throws IOException;

    /** The number of outcomes that were passed to visitors. */
    long visited();

    /** The cursor to continue from, for the parameter {@code after}. */
    long after();

    /** Result of a step. */
    enum Step {
        /** More outcomes may be available at once. */
        MORE,
        /** No further outcome is recorded yet. */
        WAIT,
        /** No further outcomes will follow. */
        END
    }
}
