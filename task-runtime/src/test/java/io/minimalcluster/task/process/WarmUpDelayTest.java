package io.minimalcluster.task.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpDelayTest {
    private final AtomicInteger checks = new AtomicInteger();

    @Test
    void waitsUntilAProcessorIsIdle() throws IOException {
        WarmUpDelay delay = new WarmUpDelay(
                reader(new PipedInputStream(new PipedOutputStream())), () -> checks.incrementAndGet() == 3);

        assertThat(delay.awaitIdleProcessor()).isTrue();
        assertThat(checks).hasValue(3);
    }

    @Test
    void endsWithTheFirstFrame() throws IOException {
        PipedOutputStream frames = new PipedOutputStream();
        WarmUpDelay delay = new WarmUpDelay(reader(new PipedInputStream(frames)), () -> {
            if (checks.incrementAndGet() == 2) {
                send(frames);
            }
            return false;
        });

        assertThat(delay.awaitIdleProcessor()).isFalse();
        assertThat(checks).hasValueLessThan(5);
    }

    private static FrameReader reader(InputStream in) {
        FrameReader reader = new FrameReader(in, new ProcessExit(_ -> {}));
        reader.open();
        return reader;
    }

    private static void send(PipedOutputStream out) {
        try {
            new FrameWriter(out).send(Frame.of(FrameKind.READY));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
