package io.minimalcluster.master.job.argument;

import io.minimalcluster.master.segment.Segment;

/** Receives each segment when it is full. */
@FunctionalInterface
public interface SegmentConsumer {
    void accept(Segment segment);
}
