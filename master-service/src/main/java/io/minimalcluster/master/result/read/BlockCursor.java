package io.minimalcluster.master.result.read;

import io.minimalcluster.master.segment.Segment;

/** A block that is read from its beginning on, with a finger at the value read last. */
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

    /** Puts the finger on the value of an index, which is not before the one it is on. */
    void goTo(long index) {
        while (at.passed() == 0 || at.index() < index) {
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
