package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.FrameConversation;
import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.FrameKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class TaskErrorsTest extends InProcessTest {
    @Test
    void failureOfATaskAffectsOnlyItsOutcome() throws IOException {
        load("int invert(int x) { return 1 / x; }", "invert(int)");

        Outcomes outcomes = talk.run("1", "0", "\"x\"", "-1");

        assertThat(outcomes.values()).containsExactly("1", null, null, "-1");
        assertThat(outcomes.error(1))
                .isEqualTo(new TaskError(
                        ErrorKind.EXCEPTION,
                        "java.lang.ArithmeticException",
                        "/ by zero",
                        java.util.List.of("Main.invert(Main.java:1)"),
                        1));
        assertThat(outcomes.error(2).kind()).isEqualTo(ErrorKind.ARGUMENT);
    }

    @Test
    void errorHasUserFramesAndCauses() throws IOException {
        load("""
                int parse(String s) {
                    try {
                        return Integer.parseInt(s);
                    } catch (NumberFormatException e) {
                        throw new IllegalStateException("no number", e);
                    }
                }
                """, "parse(String)");

        TaskError error = talk.run("\"x\"").error(0);

        assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message())
                .isEqualTo("no number\nCaused by: java.lang.NumberFormatException: For input string: \"x\"");
        assertThat(error.stackTrace())
                .containsExactly(
                        "Main.parse(Main.java:5)",
                        "Caused by: java.lang.NumberFormatException",
                        "Main.parse(Main.java:3)");
    }

    @Test
    void reportsExceptionsWhoseMethodsThrow() throws IOException {
        load("""
                static class Bad extends RuntimeException {
                    public String getMessage() { throw new IllegalStateException(); }
                    public Throwable getCause() { throw new IllegalStateException(); }
                    public StackTraceElement[] getStackTrace() { throw new IllegalStateException(); }
                    public String toString() { throw new IllegalStateException(); }
                }
                int f(int x) { throw new Bad(); }
                """, "f(int)");

        TaskError error = talk.run("1").error(0);

        assertThat(error.type()).isEqualTo("Main$Bad");
        assertThat(error.message()).contains("getMessage threw java.lang.IllegalStateException");
        assertThat(error.stackTrace()).isEmpty();
    }

    @Test
    void causesThatFormACycleOccurOnce() throws IOException {
        load("""
                static class Own extends RuntimeException {
                    public Throwable getCause() { return this; }
                }
                int f(int x) throws Exception {
                    if (x == 0) throw new Own();
                    Exception outer = new Exception("outer", new Exception("inner"));
                    outer.getCause().initCause(outer);
                    throw outer;
                }
                """, "f(int)");

        Outcomes outcomes = talk.run("0", "1");

        assertThat(outcomes.error(0).message()).isNull();
        assertThat(outcomes.error(1).message()).isEqualTo("outer\nCaused by: java.lang.Exception: inner");
    }

    @Test
    void errorIsBounded() throws IOException {
        load("""
                int f(int depth) {
                    if (depth == 0) throw new RuntimeException("x".repeat(1_000_000) + "\\ud800");
                    return f(depth - 1);
                }
                int g(int x) { throw new RuntimeException("half \\ud800"); }
                """, "f(int)");

        TaskError error = talk.run("200").error(0);

        assertThat(error.message()).hasSizeLessThanOrEqualTo(4096);
        assertThat(error.stackTrace()).hasSize(50);
    }

    @Test
    void loneSurrogateInAMessageIsReplaced() throws IOException {
        load("int g(int x) { throw new RuntimeException(\"half \\ud800\"); }", "g(int)");

        assertThat(talk.run("1").error(0).message()).isEqualTo("half \ufffd");
    }

    @Test
    void stackOverflowIsReportedAsException() throws IOException {
        load("int f(int x) { return x == 0 ? 0 : f(x + 1); }", "f(int)");

        Outcomes outcomes = talk.run("1", "0");

        assertThat(outcomes.error(0).kind()).isEqualTo(ErrorKind.EXCEPTION);
        assertThat(outcomes.error(0).type()).isEqualTo("java.lang.StackOverflowError");
        assertThat(outcomes.value(1)).isEqualTo("0");
    }

    @Test
    void outOfMemoryErrorFailsTheTaskAndEndsTheProcess() throws Exception {
        load("int f(int x) { if (x == 2) throw new OutOfMemoryError(\"mine\"); return x; }", "f(int)");

        talk.startRun("1", "2");

        assertThat(talk.part().value(0))
                .as("sent before the error, for which there may be no memory")
                .isEqualTo("1");
        assertThat(talk.part().error(1).kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY);
        assertThat(process.exit.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void outOfMemoryErrorIsFoundAmongCauses() throws Exception {
        load("int f(int x) { throw new RuntimeException(new OutOfMemoryError()); }", "f(int)");

        talk.startRun("1");

        assertThat(talk.part().error(0).kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY);
        assertThat(process.exit.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void throwingStaticInitialiserFailsEachTask() throws IOException {
        load("static int x = 1 / 0; static int f(int a) { return a; }", "f(int)");

        Outcomes outcomes = talk.run("1", "2");

        assertThat(outcomes.error(0).kind()).isEqualTo(ErrorKind.EXCEPTION);
        assertThat(outcomes.error(0).type()).isEqualTo("java.lang.ExceptionInInitializerError");
        assertThat(outcomes.error(0).message()).contains("Caused by: java.lang.ArithmeticException: / by zero");
        assertThat(outcomes.error(1).message()).contains("/ by zero");
    }

    @Test
    void throwingConstructorFailsEachTask() throws IOException {
        load("int x = 1 / 0; int f(int a) { return a; }", "f(int)");

        Outcomes outcomes = talk.run("1", "2");

        assertThat(outcomes.error(0).type()).isEqualTo("java.lang.ArithmeticException");
        assertThat(outcomes.error(0).stackTrace()).containsExactly("Main.<init>(Main.java:1)");
        assertThat(outcomes.error(1).type()).isEqualTo("java.lang.ArithmeticException");
    }

    @Test
    void reportsWhyAFunctionCannotBeLoaded() throws IOException {
        Path bundle = TestBundles.write(folder, "int f(int x) { return x; }");

        assertThat(FrameConversation.failure(talk.load(bundle, "g(int)")).message())
                .isEqualTo("the environment has no function g(int)");
        assertThat(FrameConversation.failure(talk.load(folder.resolve("none.jar"), "f(int)"))
                        .message())
                .contains("the environment's bundle can't be read");
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
        assertThat(FrameConversation.failure(talk.load(broken, "f(int)")).kind())
                .isEqualTo(ErrorKind.EXCEPTION);
        assertThat(talk.load(bundle, "f(int)").kind()).isEqualTo(FrameKind.LOADED);
    }

    @Test
    void failedInitialiserIsReportedWithItsCauseAndEndsTheUseOfTheProcess() throws IOException {
        load("""
                static class Lazy { static final int V = Integer.parseInt("q"); }
                int f(int x) { return x == 0 ? 0 : Lazy.V; }
                """, "f(int)");
        assertThat(talk.run("0").isReusable()).isTrue();

        Outcomes outcomes = talk.run("0", "1", "2");

        assertThat(outcomes.value(0)).isEqualTo("0");
        for (int position : List.of(1, 2)) {
            assertThat(outcomes.error(position).message()).contains("For input string: \"q\"");
            assertThat(outcomes.error(position).stackTrace())
                    .contains("Main.f(Main.java:2)", "Main$Lazy.<clinit>(Main.java:1)");
        }
        assertThat(outcomes.error(2).type()).isEqualTo("java.lang.NoClassDefFoundError");
        assertThat(outcomes.isReusable()).isFalse();
    }

    @Test
    void rootCauseOfADeepStackIsReported() throws IOException {
        load("""
                int f(int depth) {
                    if (depth == 0) { throw new IllegalStateException(new IllegalArgumentException(cause())); }
                    return f(depth - 1);
                }
                Exception cause() { return new Exception("root"); }
                """, "f(int)");

        TaskError error = talk.run("200").error(0);

        assertThat(error.stackTrace())
                .hasSizeLessThanOrEqualTo(50)
                .contains("Caused by: java.lang.Exception", "Main.cause(Main.java:5)");
    }
}
