package io.minimalcluster.worker.executor;

import java.util.Optional;

/**
 * What of a batch an executor is given at a time.
 *
 * @param careful one task at a time, where it has to be known beyond doubt which one does harm
 */
record Shares(BatchWork work, Arguments arguments, Remaining remaining, boolean careful) {
    Optional<Span> next() {
        return remaining.first().map(span -> careful ? new Span(span.start(), span.start() + 1) : span);
    }

    /** What of some outcomes is still wanted; nobody gets it a second time. */
    Optional<ExecutedPart> take(ExecutedPart part) {
        return remaining.take(part.span()).map(wanted -> part.before(wanted.end()));
    }

    /** Whether a position between these has no outcome yet, and is to get one. */
    boolean isWanted(Span positions) {
        return remaining.firstFrom(positions.start()).orElse(Integer.MAX_VALUE) < positions.end();
    }
}
