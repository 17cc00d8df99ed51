package io.minimalcluster.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.chaos.history.Phase;
import io.minimalcluster.chaos.history.ResultLine;
import org.junit.jupiter.api.Test;

class CallResponseTest {
    @Test
    void incompleteResponseHasUnknownOutcome() {
        assertThat(new CallResponse(202, "{}", true).phase()).isEqualTo(Phase.OK);
        assertThat(new CallResponse(503, "{}", true).phase()).isEqualTo(Phase.FAIL);
        assertThat(new CallResponse(202, "{", false).phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(new CallResponse(503, "{", false).phase()).isEqualTo(Phase.UNKNOWN);
        assertThat(CallResponse.NONE.phase()).isEqualTo(Phase.UNKNOWN);
    }

    @Test
    void brokenStreamYieldsItsCompleteLines() {
        CallResponse broken = new CallResponse(
                200,
                "{\"index\":3,\"value\":\"ab\"}\n\n{\"index\":1,\"error\":{\"kind\":\"crash\"}}\n{\"index\":2,\"va",
                false);
        assertThat(CallRecorder.logLines(broken)).first().isEqualTo(ResultLine.ofValue(3, "\"ab\""));
        assertThat(CallRecorder.logLines(broken))
                .last()
                .satisfies(line -> assertThat(line.kind()).isEqualTo("crash"));
        assertThat(CallRecorder.logLines(broken)).hasSize(2);
    }
}
