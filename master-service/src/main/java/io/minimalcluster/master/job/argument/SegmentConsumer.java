package io.minimalcluster.master.job.argument;

import io.minimalcluster.master.segment.Segment;

/** Takes segments as they get full. */
@FunctionalInterface
public interface SegmentConsumer {
    void accept(Segment segment);
}
