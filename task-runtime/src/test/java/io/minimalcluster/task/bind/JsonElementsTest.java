package io.minimalcluster.task.bind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JsonElementsTest {
    @Test
    void malformedJsonIsNamedWithItsPosition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonElements("{}".getBytes(UTF_8)))
                .withMessage("malformed JSON at byte 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonElements.ofObject(" []".getBytes(UTF_8)))
                .withMessage("malformed JSON at byte 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        JsonElements.ofObject("{\"a\" 1}".getBytes(UTF_8)).next(new JsonElement(), new JsonElement()))
                .withMessage("malformed JSON at byte 5");
    }
}
