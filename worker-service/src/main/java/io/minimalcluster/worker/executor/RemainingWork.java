package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.BatchArguments;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.util.Optional;

/**
 * The remaining tasks of a batch, as they are sent to an executor.
 *
 * @param isolatesTasks whether tasks are sent one at a time, so that a crash is attributed to the right one
 */
record RemainingWork(BatchSpec work, BatchArguments arguments, RemainingPositions remaining, boolean isolatesTasks) {
    Optional<PositionRange> next() {
        return remaining.first().map(span -> isolatesTasks ? new PositionRange(span.start(), span.start() + 1) : span);
    }

    /** Removes the positions of a part, and returns its outcomes that were still missing. */
    Optional<ExecutedPart> take(ExecutedPart part) {
        return remaining.take(part.span()).map(wanted -> part.before(wanted.end()));
    }

    /** Whether any of these positions still needs an outcome. */
    boolean isWanted(PositionRange positions) {
        return remaining.firstFrom(positions.start()).orElse(Integer.MAX_VALUE) < positions.end();
    }
}
