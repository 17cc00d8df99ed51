package io.minimalcluster.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Phase;
import org.junit.jupiter.api.Test;

class AnswerTest {
    @Test
    void onlyAWholeAnswerSaysWhatWasDone() {
        assertThat(new Answer(202, "{}", true).phase()).isEqualTo(Phase.OK);
        assertThat(new Answer(503, "{}", true).phase()).isEqualTo(Phase.FAIL);
        assertThat(new Answer(202, "{", false).phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(new Answer(503, "{", false).phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(Answer.NONE.phase()).isEqualTo(Phase.UNKNOWN);
    }

    @Test
    void ofAStreamThatBrokeTheWholeLinesCount() {
        Answer broken = new Answer(
                200,
                "{\"index\":3,\"value\":\"ab\"}\n\n{\"index\":1,\"error\":{\"kind\":\"crash\"}}\n{\"index\":2,\"va",
                false);
        assertThat(Recorder.logLines(broken)).first().isEqualTo(LogLine.ofValue(3, "\"ab\""));
        assertThat(Recorder.logLines(broken))
                .last()
                .satisfies(line -> assertThat(line.kind()).isEqualTo("crash"));
        assertThat(Recorder.logLines(broken)).hasSize(2);
    }
}
