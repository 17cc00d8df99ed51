package io.minimalcluster.master.result;

import io.minimalcluster.master.segment.Segment;
import java.io.IOException;

/** A walk over those outcomes of one block that are asked for. */
final class BlockWalk {
    private final RecordedBlock block;
    private final ResultQuery query;
    private final long from;
    private final long most;
    private long next;
    private long shown;

    /**
     * @param from the position, or the index, to begin at
     * @param most how many to show
     */
    BlockWalk(RecordedBlock block, ResultQuery query, long from, long most) {
        this.block = block;
        this.query = query;
        this.from = from;
        this.most = most;
        this.next = from;
    }

    void run(ReadResults.Visitor visitor) throws IOException {
        Segment.Values at = block.values().values();
        while (shown < most && at.next()) {
            long place = query.byCompletion() ? block.position() + at.passed() - 1 : at.index();
            if (place >= from) {
                if (query.wants(block.error(at.index()))) {
                    visitor.visit(block, at.index(), at.start(), at.end());
                    shown++;
                }
                next = place + 1;
            }
        }
    }

    /** Where to go on: the position, or the index, after the last that was looked at. */
    long next() {
        return next;
    }

    /** How many were asked for. */
    long shown() {
        return shown;
    }
}
