package io.minimalcluster.master.result.read;

import io.minimalcluster.master.segment.Segment;

/** Forward cursor over the values of a block. */
final class BlockCursor {
    private final RecordedBlock block;
    private final Segment.Values at;

    BlockCursor(RecordedBlock block) {
        this.block = block;
        this.at = block.values().values();
    }

    RecordedBlock block() {
        return block;
    }

    /** Advances to the value of an index, which must not be before the current one. */
    void goTo(long index) {
        while (at.visited() == 0 || at.index() < index) {
            at.next();
        }
    }

    int start() {
        return at.start();
    }

    int end() {
        return at.end();
    }
}
