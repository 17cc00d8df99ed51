package io.minimalcluster.worker.executor.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that parts from a compromised executor are rejected or sanitized. */
class ReceivedPartCheckTest {
    private static final String VALID_HEADER = """
            {"first":3,"count":2,"errors":[],"nanos":[1,2],"output":[]}""";

    @Test
    void validPartIsAccepted() throws Exception {
        ExecutedPart part = read(VALID_HEADER, "[1,\"two\"]");
        assertThat(part.first()).isEqualTo(3);
        assertThat(part.count()).isEqualTo(2);
        assertThat(part.nanos()).containsExactly(1, 2);
        assertThat(new String(part.values(), UTF_8)).isEqualTo("[1,\"two\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[1]; 1 values instead of 2",
                "[1,2,3]; 3 values instead of 2",
                "[1,2; malformed JSON values",
                "[1,2]]; malformed JSON values",
                "1; malformed JSON values",
                "[1,NaN]; malformed JSON values",
                "[1,\"0123456789012345678901234567890\"]; a value of 33 bytes"
            })
    void invalidValuesAreRejected(String values, String reason) {
        assertThatThrownBy(() -> read(VALID_HEADER, values))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "null; a malformed OutcomePart",
                "7; a malformed OutcomePart",
                "{\"first\":3; a malformed OutcomePart",
                "{}; a malformed OutcomePart",
                "{\"first\":2,\"count\":2,\"errors\":[],\"nanos\":[],\"output\":[]}; a part from 2 instead of 3",
                "{\"first\":3,\"count\":0,\"errors\":[],\"nanos\":[],\"output\":[]}; a part of 0 results",
                "{\"first\":3,\"count\":-1,\"errors\":[],\"nanos\":[],\"output\":[]}; a part of -1 results",
                "{\"first\":3,\"count\":2147483647,\"errors\":[],\"nanos\":[],\"output\":[]}; a part of 2147483647 results",
                "{\"first\":3,\"count\":2,\"errors\":[],\"nanos\":[1,2,3],\"output\":[]}; invalid run times",
                "{\"first\":3,\"count\":2,\"errors\":[],\"nanos\":[-1],\"output\":[]}; invalid run times",
                "{\"first\":3,\"count\":2,\"nanos\":[1],\"output\":[]}; a part with missing fields",
                "{\"first\":3,\"count\":2,\"errors\":[null],\"nanos\":[],\"output\":[]}; a part with missing fields",
                "{\"first\":3,\"count\":2,\"errors\":[{\"position\":4}],\"nanos\":[],\"output\":[]}; a part with missing fields",
                "{\"first\":3,\"count\":2,\"errors\":[],\"nanos\":[],\"output\":[null]}; a part with missing fields",
                "{\"first\":3,\"count\":2,\"errors\":[],\"nanos\":[],\"output\":[{\"position\":4,\"truncated\":false}]}; a part with missing fields",
                "{\"first\":3,\"count\":2,\"errors\":[],\"nanos\":[],\"output\":[{\"position\":5,\"text\":\"x\",\"truncated\":false}]}; output at an invalid position"
            })
    void invalidHeadersAreRejected(String header, String reason) {
        assertThatThrownBy(() -> read(header, "[1,2]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "4;exception;[1,2];an error at an invalid position",
                "5;exception;[1,null];an error at an invalid position",
                "2;exception;[null,null];an error at an invalid position",
                "4;timeout;[1,null];an error of kind TIMEOUT",
                "4;lost;[1,null];an error of kind LOST",
                "4;nonsense;[1,null];a malformed OutcomePart"
            })
    void invalidErrorsAreRejected(int position, String kind, String values, String reason) {
        assertThatThrownBy(() -> read(withError(position, kind, "x"), values))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void twoErrorsOfOneTaskAreRejected() {
        String error = "{\"position\":4,\"error\":{\"kind\":\"exception\",\"stackTrace\":[],\"attempts\":1}}";
        String header = "{\"first\":3,\"count\":2,\"errors\":[" + error + "," + error + "],\"nanos\":[],\"output\":[]}";
        assertThatThrownBy(() -> read(header, "[1,null]")).hasMessage("two errors of one task");
    }

    @Test
    void textIsTruncatedAndSanitized() throws Exception {
        ExecutedPart part = read(withError(4, "exception", "\\ud800" + "x".repeat(100_000)), "[1,null]");
        TaskError error = part.errors().getFirst().error();
        assertThat(error.message()).startsWith("?x").hasSize(64 * 1024);
        assertThat(error.attempts()).isEqualTo(1);
    }

    @Test
    void outputIsTruncatedToItsLimit() throws Exception {
        ExecutedPart part = read("""
                {"first":3,"count":2,"errors":[],"nanos":[],"output":[{"position":3,"text":"%s","truncated":false}]}""".formatted("x".repeat(50)), "[1,2]");
        assertThat(part.output().getFirst().text()).hasSize(40);
        assertThat(part.output().getFirst().truncated()).isTrue();
    }

    private static String withError(int position, String kind, String message) {
        return """
                {"first":3,"count":2,"errors":[{"position":%d,"error":
                {"kind":"%s","type":"T","message":"%s","stackTrace":[],"attempts":9}}],"nanos":[],"output":[]}""".formatted(position, kind, message);
    }

    private static ExecutedPart read(String header, String values) throws ProtocolException {
        return ReceivedPartCheck.read(
                new Frame(FrameKind.PART, header.getBytes(UTF_8), values.getBytes(UTF_8)), 3, 10, 30, 40);
    }
}
