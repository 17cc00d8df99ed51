package io.minimalcluster.task.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class FrameMutationTest {
    private static final int SAMPLES = 40_000;
    private static final int LIMIT = 1 << 20;

    private static byte[] valid() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (FrameKind kind : FrameKind.values()) {
            new Frame(kind, "{\"position\":1}".getBytes(UTF_8), new byte[] {1, 2, 3}).writeTo(out);
            Frame.of(kind).writeTo(out);
        }
        return out.toByteArray();
    }

    @Test
    void damagedFramesEndByAnIoExceptionWithinTheLimit() throws IOException {
        Mutations mutations = new Mutations(20_261_129);
        byte[] valid = valid();
        int read = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            byte[] bytes = mutations.of(valid);
            InputStream in = new ByteArrayInputStream(bytes);
            try {
                while (true) {
                    Frame frame = Frame.readFrom(in, LIMIT);
                    assertThat(frame.header().length + frame.body().length).isLessThanOrEqualTo(bytes.length);
                    read++;
                }
            } catch (IOException _) {
                // the end of the stream, or no frame
            }
        }
        assertThat(read).isGreaterThan(SAMPLES);
    }
}
