package io.minimalcluster.task.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.Diagnostic;
import io.minimalcluster.task.frame.CompileRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingNewlineCheckTest {
    private static List<Diagnostic> hints(String source) {
        return MissingNewlineCheck.in(Map.of("Main.java", source));
    }

    @Test
    void codeAfterACommentInASingleLineYieldsAHint() {
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
    void unchangedSourceHasNoHint(String source) {
        assertThat(hints(source)).isEmpty();
    }

    @Test
    @Timeout(20)
    void checkOfManySlashesIsFast() {
        String slashes = "/".repeat(4 * 1024 * 1024);

        assertThat(MissingNewlineCheck.in(Map.of("A.java", slashes))).isEmpty();
    }

    @Test
    void hintPrecedesOtherDiagnostics() {
        assertThat(diagnosticsOf("int f(int x) { return x; } // twice int g(int x) { return 2 * x; }"))
                .first()
                .extracting(Diagnostic::code)
                .isEqualTo("minimalcluster.lost-newlines");
        assertThat(diagnosticsOf("int f(int x) { // doublesreturn 2 * x;}"))
                .hasSizeGreaterThan(1)
                .first()
                .extracting(Diagnostic::code)
                .isEqualTo("minimalcluster.lost-newlines");
    }

    private static List<Diagnostic> diagnosticsOf(String source) {
        return switch (new Compilation(new Javac()).of(new CompileRequest(Map.of("Main.java", source)))) {
            case Compilation.Result.Bundled done -> done.compiled().warnings();
            case Compilation.Result.Refused refused -> refused.rejected().diagnostics();
            case Compilation.Result.Broken broken -> broken.rejected().diagnostics();
        };
    }
}
