package io.minimalcluster.task.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.task.ForkedRuntime;
import io.minimalcluster.task.frame.CompileRejection;
import io.minimalcluster.task.frame.CompileResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CompilerProcessIT {
    @TempDir
    Path folder;

    @Test
    void compilesSeveralEnvironments() throws Exception {
        try (ForkedRuntime compiler = ForkedRuntime.compiler(folder)) {
            assertThat(compiler.talk.compile(Map.of("Main.java", "int f(int x) { return x; }")))
                    .isInstanceOfSatisfying(
                            CompileResult.class,
                            compiled -> assertThat(compiled.functions())
                                    .extracting(TargetFunction::signature)
                                    .containsExactly("f(int)"));
            assertThat(compiler.talk.compile(Map.of("Main.java", "int f(int x) { return y; }")))
                    .isInstanceOf(CompileRejection.class);
            assertThat(compiler.talk.compile(Map.of("Main.java", "int g(int x) { return x; }")))
                    .isInstanceOf(CompileResult.class);
        }
    }

    @Test
    void deepNestingDoesNotEndTheProcess() throws Exception {
        String deep = "int f() { return " + "(".repeat(400_000) + "1" + ")".repeat(400_000) + "; }";
        try (ForkedRuntime compiler = ForkedRuntime.compiler(folder)) {
            assertThat(compiler.talk.compile(Map.of("Main.java", deep))).isInstanceOf(CompileRejection.class);
            assertThat(compiler.talk.compile(Map.of("Main.java", "int f(int x) { return x; }")))
                    .isInstanceOf(CompileResult.class);
        }
    }

    @Test
    void sourceThatExhaustsTheHeapEndsTheCompilerProcess() throws Exception {
        StringBuilder doubling = new StringBuilder("class Main { static final String A0 = \"0123456789abcdef\";\n");
        for (int i = 1; i < 30; i++) {
            doubling.append("static final String A%d = A%d + A%d;\n".formatted(i, i - 1, i - 1));
        }
        try (ForkedRuntime compiler = ForkedRuntime.compiler(folder, "-Xmx128m", "-XX:+ExitOnOutOfMemoryError")) {
            compiler.talk.startCompile(Map.of("Main.java", doubling + "}"));
            assertThat(compiler.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void endOfStreamEndsTheProcessDuringCompilation() throws Exception {
        String endless = "int f() { " + "try { f(); } finally { ".repeat(40) + "f();" + "}".repeat(40) + " return 1; }";
        try (ForkedRuntime compiler = ForkedRuntime.compiler(folder)) {
            compiler.talk.startCompile(Map.of("Main.java", endless));
            compiler.endOfStream();
            assertThat(compiler.exitCode()).isZero();
        }
    }

    @Test
    void compilerReadsNoFilesOfTheMachine() throws Exception {
        Files.writeString(folder.resolve("Secret.java"), "public class Secret { static int x = oops; }");
        try (ForkedRuntime compiler = ForkedRuntime.compiler(folder)) {
            assertThat(compiler.talk.compile(Map.of("Main.java", "int f() { return Secret.x; }")))
                    .isInstanceOfSatisfying(
                            CompileRejection.class,
                            rejected -> assertThat(rejected.diagnostics())
                                    .singleElement()
                                    .satisfies(
                                            error -> assertThat(error.source()).isEqualTo("Main.java")));
        }
    }
}
