package io.minimalcluster.master.result.read;

import java.io.IOException;

/** A walk over the outcomes of a job, a piece at a time; holds no transaction in between. */
sealed interface ResultOrderReader permits CompletionOrderReader, IndexOrderReader {
    /** Shows the next piece of those that are asked for. */
    Step step(ResultVisitor visitor) throws IOException;

    /** Where to go on: an {@code after}. */
    long after();

    /** What a step came to. */
    enum Step {
        /** There may be more at once. */
        MORE,
        /** Nothing more is there yet. */
        WAIT,
        /** There will be no more. */
        END
    }
}
