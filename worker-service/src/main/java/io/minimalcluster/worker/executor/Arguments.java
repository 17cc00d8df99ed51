package io.minimalcluster.worker.executor;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.Run;
import org.jspecify.annotations.Nullable;

/** The arguments of a batch, as frames for an executor: whole, or what is left of it after one ended. */
final class Arguments {
    private static final byte[] NOTHING = {};

    private final BatchWork work;
    private @Nullable JsonArray elements;

    Arguments(BatchWork work) {
        this.work = work;
    }

    Frame run(Span span) {
        Long from = work.from();
        if (from != null) {
            Run run = new Run(span.length(), from + span.start() * work.step(), work.step());
            return new Frame(FrameKind.RUN, Headers.write(run), NOTHING);
        }
        return new Frame(FrameKind.RUN, Headers.write(new Run(span.length(), null, 0)), slice(span));
    }

    private byte[] slice(Span span) {
        if (span.length() == work.count()) {
            return work.args();
        }
        if (elements == null) {
            elements = JsonArray.of(work.args());
        }
        return elements.slice(span.start(), span.end());
    }
}
