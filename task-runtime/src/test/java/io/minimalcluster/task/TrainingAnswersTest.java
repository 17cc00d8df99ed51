package io.minimalcluster.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TrainingAnswersTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void partsMayComeBetweenTheExpectedFrames() throws IOException {
        send(FrameKind.READY, FrameKind.LOADED, FrameKind.PART, FrameKind.PART);
        new Frame(FrameKind.DONE, new byte[0], "last".getBytes(UTF_8)).writeTo(sent);

        assertThat(answers()
                        .last(FrameKind.READY, FrameKind.LOADED, FrameKind.DONE)
                        .body())
                .asString(UTF_8)
                .isEqualTo("last");
    }

    @Test
    void failedLoadIsAnError() throws IOException {
        send(FrameKind.READY, FrameKind.FAILED);

        TrainingAnswers answers = answers();

        assertThatIllegalStateException()
                .isThrownBy(() -> answers.last(FrameKind.READY, FrameKind.LOADED, FrameKind.DONE))
                .withMessage("the answers of the training run are [READY, FAILED]");
    }

    @Test
    void missingAnswerIsAnError() throws IOException {
        send(FrameKind.READY, FrameKind.LOADED, FrameKind.PART);

        TrainingAnswers answers = answers();

        assertThatIllegalStateException()
                .isThrownBy(() -> answers.last(FrameKind.READY, FrameKind.LOADED, FrameKind.DONE));
    }

    @Test
    void frameThatEndsEarlyIsAnError() {
        sent.writeBytes(new byte[] {0, 0});

        assertThatIOException().isThrownBy(this::answers);
    }

    private void send(FrameKind... kinds) throws IOException {
        for (FrameKind kind : kinds) {
            Frame.of(kind).writeTo(sent);
        }
    }

    private TrainingAnswers answers() throws IOException {
        return TrainingAnswers.read(sent.toByteArray());
    }
}
