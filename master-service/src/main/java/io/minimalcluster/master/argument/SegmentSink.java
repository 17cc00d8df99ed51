package io.minimalcluster.master.argument;

import io.minimalcluster.master.segment.Segment;

/** Takes segments as they get full. */
@FunctionalInterface
public interface SegmentSink {
    void accept(Segment segment);
}
