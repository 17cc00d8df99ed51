package io.minimalcluster.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.worker.launch.sandbox.StderrCollector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The frames of a child that has ended. */
@Timeout(60)
class FrameReceiverTest {
    private static final int FRAME_BYTES = 64 * 1024;
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The largest capacity of a pipe, one frame that was partly read, and the frames read ahead. */
    private static final int MAX_FRAMES = (1024 * 1024) / FRAME_BYTES + 8;

    @Test
    void orphanOfAnEndedChildCannotSendForEver() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        FrameReceiver receiver =
                new FrameReceiver(frames(), 2 * FRAME_BYTES, ended::get, new StderrCollector(() -> {}));
        Thread reader = Thread.ofPlatform().daemon().start(receiver);
        for (int i = 0; i < 2 * MAX_FRAMES; i++) {
            assertThat(receiver.take(SOON)).as("a frame of a living child").isPresent();
        }

        ended.set(true);

        assertThat(framesUntilEnd(receiver)).isBetween(MAX_FRAMES / 2, MAX_FRAMES);
        reader.join(SOON);
        assertThat(reader.isAlive()).isFalse();
    }

    private static int framesUntilEnd(FrameReceiver receiver) throws InterruptedException {
        int frames = 0;
        try {
            for (Optional<Frame> frame = receiver.take(SOON); frame.isPresent(); frame = receiver.take(SOON)) {
                frames++;
            }
        } catch (JvmEndedException expected) {
            return frames;
        }
        throw new AssertionError("no end after " + frames + " frames");
    }

    /** More frames than any pipe holds. */
    private static InputStream frames() throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < 10 * MAX_FRAMES; i++) {
            new Frame(FrameKind.PART, new byte[0], new byte[FRAME_BYTES]).writeTo(frames);
        }
        return new ByteArrayInputStream(frames.toByteArray());
    }
}
