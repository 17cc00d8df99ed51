package io.minimalcluster.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.OutcomePart;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ExecutorProcessIT {
    @TempDir
    Path folder;

    private ForkedRuntime executor(String source, String method, String... options) throws IOException {
        ForkedRuntime executor = ForkedRuntime.executor(folder, options);
        assertThat(executor.talk.load(TestBundles.write(folder, source), method).kind())
                .isEqualTo(FrameKind.LOADED);
        return executor;
    }

    @Test
    void runsTasks() throws Exception {
        try (ForkedRuntime executor =
                executor("record P(int x) {} P f(List<P> p) { return p.getLast(); }", "f(java.util.List)")) {
            assertThat(executor.talk.run("[{\"x\":1},{\"x\":2}]", "[]").values())
                    .containsExactly("{\"x\":2}", null);
        }
    }

    @Test
    void endOfStreamEndsTheProcess() throws Exception {
        try (ForkedRuntime executor = executor("int f(int x) { return x; }", "f(int)")) {
            executor.endOfStream();
            assertThat(executor.exitCode()).isZero();
        }
    }

    @Test
    void endOfStreamEndsTheProcessWithRunningTasksAndLoopingShutdownHooks() throws Exception {
        String source = """
                int f(int x) {
                    if (x == 0) { return 0; }
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) {} }));
                    new Thread(() -> { while (true) {} }).start();
                    while (true) {}
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            executor.talk.startRun("0", "1");
            assertThat(executor.talk.part().values()).containsExactly("0");
            executor.endOfStream();
            assertThat(executor.exitCode()).isZero();
        }
    }

    @Test
    void exitByUserCodeSendsFinishedOutcomes() throws Exception {
        try (ForkedRuntime executor = executor("int f(int x) { if (x == 3) System.exit(0); return x; }", "f(int)")) {
            executor.talk.startRun("1", "2", "3", "4");
            Outcomes outcomes = executor.talk.outcomes();

            assertThat(outcomes.isDone()).isFalse();
            assertThat(outcomes.values()).containsExactly("1", "2");
            assertThat(executor.exitCode()).isZero();
        }
    }

    @Test
    void haltByUserCodeEndsTheProcess() throws Exception {
        try (ForkedRuntime executor = executor("int f(int x) { Runtime.getRuntime().halt(7); return x; }", "f(int)")) {
            executor.talk.startRun("1");
            assertThat(executor.talk.outcomes().isDone()).isFalse();
            assertThat(executor.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void excessiveOutputIsTruncatedAndDoesNotCorruptFrames() throws Exception {
        String source = """
                int f(int x) {
                    for (int i = 0; i < 200_000; i++) { System.out.println("line " + i + " of " + x); System.err.print('e'); }
                    return x;
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            Outcomes outcomes = executor.talk.run("1", "2");

            assertThat(outcomes.values()).containsExactly("1", "2");
            assertThat(outcomes.output(1))
                    .startsWith("line 0 of 2\neline 1 of 2")
                    .hasSizeLessThanOrEqualTo(100);
            assertThat(outcomes.parts().stream().flatMap(part -> part.output().stream()))
                    .hasSize(2)
                    .allMatch(OutcomePart.PositionOutput::truncated);
        }
    }

    @Test
    void outputOfAThreadThatOutlivesItsTaskDoesNotCorruptFrames() throws Exception {
        String source = """
                int f(int x) {
                    if (x == 0) {
                        Thread t = new Thread(() -> { while (true) System.out.println("still here"); });
                        t.setDaemon(true);
                        t.start();
                    }
                    return x;
                }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)")) {
            assertThat(executor.talk.range(50_000, 0, 1).values()).hasSize(50_000);
            assertThat(executor.talk.range(10, 1, 1).values()).hasSize(10);
        }
    }

    @Test
    void standardInputOfUserCodeIsEmpty() throws Exception {
        try (ForkedRuntime executor =
                executor("int f(int x) throws Exception { return System.in.read(); }", "f(int)")) {
            assertThat(executor.talk.run("1").values()).containsExactly("-1");
        }
    }

    @Test
    void outOfMemoryEndsTheProcessAfterSendingOutcomes() throws Exception {
        String source = """
                static List<byte[]> kept = new ArrayList<>();
                int f(int x) { while (x == 2) kept.add(new byte[1 << 20]); return x; }
                """;
        try (ForkedRuntime executor = executor(source, "f(int)", "-Xmx64m")) {
            executor.talk.startRun("1", "2");
            Outcomes outcomes = executor.talk.outcomes();

            assertThat(outcomes.value(0)).isEqualTo("1");
            // a full heap may leave no room to send the error; then the exit code alone reports it
            assertThat(outcomes.errors().values())
                    .allSatisfy(error -> assertThat(error.kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY));
            assertThat(executor.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void exitOnOutOfMemoryErrorEndsTheProcess() throws Exception {
        String source = "int f(int x) { return new long[Integer.MAX_VALUE - 8].length; }";
        try (ForkedRuntime executor =
                executor(source, "f(int)", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr")) {
            executor.talk.startRun("1");
            assertThat(executor.talk.outcomes().isDone()).isFalse();
            assertThat(executor.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void invalidFrameEndsTheProcess() throws Exception {
        try (ForkedRuntime executor = ForkedRuntime.executor(folder)) {
            executor.talk.send(FrameKind.DONE, null, "");
            assertThat(executor.exitCode()).isEqualTo(2);
        }
    }
}
