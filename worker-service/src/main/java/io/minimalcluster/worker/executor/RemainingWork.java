package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.BatchArguments;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.util.Optional;

/**
 * What of a batch an executor is given at a time.
 *
 * @param careful one task at a time, where it has to be known beyond doubt which one does harm
 */
record RemainingWork(BatchSpec work, BatchArguments arguments, RemainingPositions remaining, boolean careful) {
    Optional<PositionRange> next() {
        return remaining.first().map(span -> careful ? new PositionRange(span.start(), span.start() + 1) : span);
    }

    /** What of some outcomes is still wanted; nobody gets it a second time. */
    Optional<ExecutedPart> take(ExecutedPart part) {
        return remaining.take(part.span()).map(wanted -> part.before(wanted.end()));
    }

    /** Whether a position between these has no outcome yet, and is to get one. */
    boolean isWanted(PositionRange positions) {
        return remaining.firstFrom(positions.start()).orElse(Integer.MAX_VALUE) < positions.end();
    }
}
