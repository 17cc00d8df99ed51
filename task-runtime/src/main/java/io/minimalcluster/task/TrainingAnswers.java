package io.minimalcluster.task;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The frames that a loop sent in a training run. */
record TrainingAnswers(List<Frame> frames) {
    static TrainingAnswers read(byte[] sent) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(sent);
        List<Frame> frames = new ArrayList<>();
        while (in.available() > 0) {
            frames.add(Frame.readFrom(in, sent.length));
        }
        return new TrainingAnswers(frames);
    }

    /**
     * The last frame.
     *
     * @param expected the kinds of all frames, without parts of results
     * @throws IllegalStateException if the frames are of other kinds
     */
    Frame last(FrameKind... expected) {
        List<FrameKind> kinds = frames.stream()
                .map(Frame::kind)
                .filter(kind -> kind != FrameKind.PART)
                .toList();
        if (!kinds.equals(List.of(expected))) {
            throw new IllegalStateException("the answers of the training run are " + kinds);
        }
        return frames.getLast();
    }
}
