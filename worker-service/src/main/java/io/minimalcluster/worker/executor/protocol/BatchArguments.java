package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import org.jspecify.annotations.Nullable;

/** Builds RUN frames with the arguments of a batch, or of the part that remains after an executor ended. */
public final class BatchArguments {
    private static final byte[] NOTHING = {};

    private final BatchSpec work;
    private @Nullable JsonArray elements;

    public BatchArguments(BatchSpec work) {
        this.work = work;
    }

    public Frame run(PositionRange span) {
        Long from = work.from();
        if (from != null) {
            BatchRequest run = new BatchRequest(span.length(), from + span.start() * work.step(), work.step());
            return new Frame(FrameKind.RUN, FrameHeaders.write(run), NOTHING);
        }
        return new Frame(FrameKind.RUN, FrameHeaders.write(new BatchRequest(span.length(), null, 0)), slice(span));
    }

    private byte[] slice(PositionRange span) {
        if (span.length() == work.count()) {
            return work.args();
        }
        if (elements == null) {
            elements = JsonArray.of(work.args());
        }
        return elements.slice(span.start(), span.end());
    }
}
