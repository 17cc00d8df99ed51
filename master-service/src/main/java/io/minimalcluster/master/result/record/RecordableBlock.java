package io.minimalcluster.master.result.record;

import io.minimalcluster.master.scheduling.IndexRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import java.util.Objects;

/** Values of a range of a part, in the stored form. */
record RecordableBlock(byte[] data, byte[] lengths) {
    static RecordableBlock of(ResultPart part, IndexRange range) {
        Segment values = Objects.requireNonNull(part.values());
        if (range.equals(part.range())) {
            return new RecordableBlock(values.data(), values.lengths());
        }
        SegmentBuilder some = new SegmentBuilder(range.first());
        Segment.Values at = values.values();
        while (at.next() && at.index() < range.last()) {
            if (at.index() >= range.first()) {
                some.add(values.data(), at.start(), at.end());
            }
        }
        Segment block = some.build();
        return new RecordableBlock(block.data(), block.lengths());
    }
}
