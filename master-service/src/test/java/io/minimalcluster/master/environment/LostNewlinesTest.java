package io.minimalcluster.master.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostNewlinesTest {
    private static List<Diagnostic> hints(String source) {
        return LostNewlines.hinted(Map.of("Main.java", source), List.of());
    }

    @Test
    void codeBehindACommentOnTheOnlyLineGetsAHint() {
        assertThat(hints("int f(int x) { // doublesreturn 2 * x;}"))
                .singleElement()
                .satisfies(hint -> {
                    assertThat(hint.message()).contains("--data-binary");
                    assertThat(hint.column()).isEqualTo(16);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int f(int x) { return x; }",
                "int f(int x) { return x; } // as it came",
                "String f() { return \"http://a;b\"; }",
                "// doubles\nint f(int x) { return 2 * x; }",
                "int f(int x) { // {\r\nreturn x; }"
            })
    void whatIsAsItWasWrittenGetsNone(String source) {
        assertThat(hints(source)).isEmpty();
    }

    @Test
    @Timeout(20)
    void takesNoLongerForALineMadeToTakeLong() {
        String slashes = "/".repeat(4 * 1024 * 1024);

        assertThat(LostNewlines.hinted(Map.of("A.java", slashes), List.of())).isEmpty();
    }
}
