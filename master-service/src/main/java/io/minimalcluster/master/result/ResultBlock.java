package io.minimalcluster.master.result;

import io.minimalcluster.master.lease.IndexRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import java.util.Objects;

/** The values of a range of a part, ready to be kept. */
record ResultBlock(byte[] data, byte[] lengths) {
    static ResultBlock of(PostedPart part, IndexRange range) {
        Segment values = Objects.requireNonNull(part.values());
        if (range.equals(part.range())) {
            return new ResultBlock(values.data(), values.lengths());
        }
        SegmentBuilder some = new SegmentBuilder(range.first());
        Segment.Values at = values.values();
        while (at.next() && at.index() < range.last()) {
            if (at.index() >= range.first()) {
                some.add(values.data(), at.start(), at.end());
            }
        }
        Segment block = some.build();
        return new ResultBlock(block.data(), block.lengths());
    }
}
