package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.FrameConversation;
import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.OutcomePart;
import io.minimalcluster.task.frame.TaskStateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ExecutorLoopTest {
    @TempDir
    Path folder;

    private InProcessExecutor process;
    private FrameConversation talk;

    @BeforeEach
    void start() throws IOException {
        process = new InProcessExecutor(folder);
        talk = process.talk;
    }

    @AfterEach
    void stop() throws IOException {
        process.close();
    }

    private void load(String source, String method) throws IOException {
        assertThat(talk.load(TestBundles.write(folder, source), method).kind()).isEqualTo(FrameKind.LOADED);
    }

    @Test
    void mapsAFunctionOverArguments() throws IOException {
        load("long square(long x) { return x * x; }", "square(long)");

        Outcomes outcomes = talk.run("1", "2", "-3");

        assertThat(outcomes.values()).containsExactly("1", "4", "9");
        assertThat(outcomes.errors()).isEmpty();
    }

    @Test
    void mapsAFunctionOverARange() throws IOException {
        load("long twice(int x) { return 2L * x; }", "twice(int)");

        assertThat(talk.range(4, 10, -5).values()).containsExactly("20", "10", "0", "-10");
    }

    @Test
    void startsNoTaskFromTheEndPosition() throws IOException {
        load("long same(long x) { return x; }", "same(long)");

        process.worker.endAt(2);
        assertThat(talk.run("5", "6", "7").values()).containsExactly("5", "6");
        assertThat(talk.range(4, 1, 1).values()).containsExactly("1", "2");
        process.worker.endAt(0);
        assertThat(talk.run("5", "6", "7").values()).isEmpty();
        process.worker.endAt(TaskStateFile.NO_END);
        assertThat(talk.run("5", "6", "7").values()).containsExactly("5", "6", "7");
    }

    @Test
    void numberOfARangeThatDoesNotFitFailsItsTask() throws IOException {
        load("int same(byte x) { return x; }", "same(byte)");

        Outcomes outcomes = talk.range(3, 126, 1);

        assertThat(outcomes.values()).containsExactly("126", "127", null);
        assertThat(outcomes.error(2).kind()).isEqualTo(ErrorKind.ARGUMENT);
        assertThat(outcomes.error(2).message()).isEqualTo("x: a byte takes whole numbers from -128 to 127, not 128");
    }

    @Test
    void foldsOverTheElementsOfEachArgumentFromTheLeft() throws IOException {
        Path bundle = TestBundles.write(folder, "String join(String one, String other) { return one + other; }");
        LoadRequest load = new LoadRequest(bundle.toString(), List.of(), "join(String,String)", true, null, 1000, 100);
        assertThat(talk.load(load).kind()).isEqualTo(FrameKind.LOADED);

        Outcomes outcomes = talk.run("[\"a\",\"b\",\"c\"]", "[\"d\"]", "[]", "7", "[1]");

        assertThat(outcomes.values()).containsExactly("\"abc\"", "\"d\"", null, null, null);
        assertThat(outcomes.error(2).kind()).isEqualTo(ErrorKind.ARGUMENT);
        assertThat(outcomes.error(3).kind()).isEqualTo(ErrorKind.ARGUMENT);
    }

    @Test
    void foldsByMethodsAndFields() throws IOException {
        Path bundle = TestBundles.write(folder, """
                long add(long one, long other) { return Math.addExact(one, other); }
                java.util.function.BinaryOperator<Integer> max = Integer::max;
                """);
        talk.load(new LoadRequest(bundle.toString(), List.of(), "add(long,long)", true, null, 1000, 100));
        Outcomes outcomes = talk.run("[1,2,3]", "[9223372036854775807,1]");
        assertThat(outcomes.values()).containsExactly("6", null);
        assertThat(outcomes.error(1).type()).isEqualTo("java.lang.ArithmeticException");

        talk.load(new LoadRequest(bundle.toString(), List.of(), "max(Integer,Integer)", true, null, 1000, 100));
        assertThat(talk.run("[3,9,2]").values()).containsExactly("9");
    }

    @Test
    void lastParameterGetsTheSharedValue() throws IOException {
        Path bundle = TestBundles.write(folder, "long at(int x, long[] table) { return table[x]; }");
        LoadRequest load =
                new LoadRequest(bundle.toString(), List.of(), "at(int,long[])", false, "a digest", 1000, 100);
        assertThat(talk.load(load, "[10,20,30]").kind()).isEqualTo(FrameKind.LOADED);

        assertThat(talk.run("2", "0").values()).containsExactly("30", "10");
        assertThat(talk.range(3, 0, 1).values()).containsExactly("10", "20", "30");

        talk.load(new LoadRequest(bundle.toString(), List.of(), "at(int,long[])", false, "another", 1000, 100), "[5]");
        assertThat(talk.run("0").values()).containsExactly("5");
    }

    @Test
    void mismatchedSharedValueFailsEveryTask() throws IOException {
        Path bundle = TestBundles.write(folder, "long at(int x, long[] table) { return table[x]; }");
        talk.load(
                new LoadRequest(bundle.toString(), List.of(), "at(int,long[])", false, "a digest", 1000, 100),
                "[\"no\"]");

        Outcomes outcomes = talk.run("0", "1");

        assertThat(outcomes.values()).containsExactly(null, null);
        assertThat(outcomes.error(1).kind()).isEqualTo(ErrorKind.ARGUMENT);
        assertThat(outcomes.error(1).message()).startsWith("table");
    }

    @Test
    void runsSeveralBatchesIncludingAnEmptyOne() throws IOException {
        load("int next(int x) { return x + 1; }", "next(int)");

        assertThat(talk.run("1").values()).containsExactly("2");
        assertThat(talk.run().values()).isEmpty();
        assertThat(talk.run("5").values()).containsExactly("6");
    }

    @Test
    void sendsResultsInOrderedParts() throws IOException {
        load("long same(long x) { return x; }", "same(long)");

        Outcomes outcomes = talk.range(1_000_000, 0, 1);

        assertThat(outcomes.values()).hasSize(1_000_000);
        assertThat(outcomes.value(999_999)).isEqualTo("999999");
        assertThat(outcomes.parts()).hasSizeGreaterThan(4);
        int next = 0;
        for (OutcomePart part : outcomes.parts()) {
            assertThat(part.first()).isEqualTo(next);
            next += part.count();
        }
    }

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
        assertThat(error.stackTrace()).containsExactly("Main.parse(Main.java:5)");
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
        Outcomes part = talk.part();

        assertThat(part.value(0)).isEqualTo("1");
        assertThat(part.error(1).kind()).isEqualTo(ErrorKind.OUT_OF_MEMORY);
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
    void fieldsOutliveABatch() throws IOException {
        load("int calls = 0; int count(int x) { return ++calls; }", "count(int)");

        talk.run("0", "0");

        assertThat(talk.run("0").values()).containsExactly("3");
    }

    @Test
    void fieldsOutliveAnotherLoadOfTheSameBundle() throws IOException {
        Path bundle = TestBundles.write(
                folder, "int calls = 0; int a(int x) { return ++calls; } int b(int x) { return ++calls; }");
        talk.load(bundle, "a(int)");
        talk.run("0", "0");
        talk.load(bundle, "b(int)");

        assertThat(talk.run("0").values()).containsExactly("3");
    }

    @Test
    void anotherBundleHasNewStatics() throws IOException {
        String source = "static int calls = 0; int a(int x) { return ++calls; }";
        talk.load(TestBundles.write(folder, source), "a(int)");
        talk.run("0");
        talk.load(TestBundles.write(folder, source), "a(int)");

        assertThat(talk.run("0").values()).containsExactly("1");
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
    void callsAFunctionInAField() throws IOException {
        load("""
                java.util.function.IntUnaryOperator twice = x -> x * 2;
                static final java.util.function.BiFunction<String, Long, List<String>> repeat =
                        (s, n) -> Collections.nCopies(n.intValue(), s);
                java.util.function.Supplier<String> none;
                """, "twice(int)");
        assertThat(talk.run("4").values()).containsExactly("8");
        load(
                "static final java.util.function.BiFunction<String, Long, List<String>> repeat = (s, n) -> Collections.nCopies(n.intValue(), s);",
                "repeat(String,Long)");
        assertThat(talk.run("[\"a\",2]", "{\"y\":1,\"x\":\"b\"}", "[1,2]").values())
                .containsExactly("[\"a\",\"a\"]", "[\"b\"]", null);
        load("java.util.function.Supplier<String> none;", "none()");
        assertThat(talk.run("0").error(0).message()).contains("the field none holds null");
    }

    @Test
    void functionWithoutParametersIgnoresArgumentsAndVoidYieldsNull() throws IOException {
        load("int n; int next() { return ++n; } void nothing(int x) {}", "next()");
        assertThat(talk.run("{\"a\":[1,\"]\"]}", "null").values()).containsExactly("1", "2");
        assertThat(talk.range(2, 0, 1).values()).containsExactly("3", "4");
        load("void nothing(int x) {}", "nothing(int)");
        Outcomes outcomes = talk.run("1");
        assertThat(outcomes.value(0)).isNull();
        assertThat(outcomes.errors()).isEmpty();
    }

    @Test
    void taskOutputIsTruncatedAtWholeCharacters() throws IOException {
        TaskOutput output = new TaskOutput();
        output.limit(5);
        output.write("ab€€".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 8);

        TaskOutput.Printed printed = output.drain();

        assertThat(printed).isEqualTo(new TaskOutput.Printed("ab€", true));
        assertThat(output.drain()).isEqualTo(new TaskOutput.Printed("", false));
    }

    @Test
    void userCodeSeesNoClassesOfTheRuntime() throws IOException {
        load("String find(String name) throws Exception { return Class.forName(name).getName(); }", "find(String)");

        Outcomes outcomes = talk.run(
                "\"io.minimalcluster.task.TaskRuntime\"", "\"tools.jackson.core.JsonParser\"", "\"java.sql.Date\"");

        assertThat(outcomes.error(0).type()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(outcomes.error(1).type()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(outcomes.value(2)).isEqualTo("\"java.sql.Date\"");
    }

    @Test
    void contextClassLoaderIsThatOfUserCode() throws IOException {
        load(
                "boolean f() { return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader(); }",
                "f()");

        assertThat(talk.run("0").values()).containsExactly("true");
    }

    @Test
    void interruptByUserCodeIsIgnored() throws IOException {
        load(
                "boolean f(int x) { boolean was = Thread.interrupted(); Thread.currentThread().interrupt(); return was; }",
                "f(int)");

        assertThat(talk.run("1").values()).containsExactly("false");
        assertThat(talk.run("1").values()).containsExactly("false");
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
    void findsFunctionsOfPackagesNestedClassesAndSeveralCompactSources() throws IOException {
        Path bundle = TestBundles.write(
                folder,
                Map.of(
                        "com/acme/Pi.java",
                        "package com.acme; public class Pi { static int f(int x) { return 1; }"
                                + " static class In { int f(int x) { return 2; } } }",
                        "A.java",
                        "int f(int x) { return 3; } record P(int v) {} int g(P p) { return p.v(); }",
                        "B.java",
                        "int f(int x) { return 4; } static class In { static int h(int x) { return 5; } }"));

        assertThat(resultOf(bundle, "com.acme.Pi.f(int)")).isEqualTo("1");
        assertThat(resultOf(bundle, "com.acme.Pi.In.f(int)")).isEqualTo("2");
        assertThat(resultOf(bundle, "A.f(int)")).isEqualTo("3");
        assertThat(resultOf(bundle, "B.f(int)")).isEqualTo("4");
        assertThat(resultOf(bundle, "In.h(int)")).isEqualTo("5");
        talk.load(bundle, "g(P)");
        assertThat(talk.run("{\"v\":6}").values()).containsExactly("6");
    }

    private String resultOf(Path bundle, String method) throws IOException {
        assertThat(talk.load(bundle, method).kind()).isEqualTo(FrameKind.LOADED);
        return String.valueOf(talk.run("0").value(0));
    }

    @Test
    void tooLargeResultFailsItsTask() throws IOException {
        Path bundle = TestBundles.write(
                folder,
                "String f(int n) { return \"x\".repeat(n); } List<Integer> g(int n) { return Collections.nCopies(n, 1); }");
        talk.load(new LoadRequest(bundle.toString(), List.of(), "f(int)", 1000, 0));

        Outcomes outcomes = talk.run("998", "999", "300000000", "1");

        assertThat(outcomes.error(1).kind()).isEqualTo(ErrorKind.RESULT_TOO_LARGE);
        assertThat(outcomes.error(1).message()).contains("1000 bytes");
        assertThat(outcomes.error(2).kind()).isEqualTo(ErrorKind.RESULT_TOO_LARGE);
        assertThat(outcomes.value(0)).hasSize(1000);
        assertThat(outcomes.value(3)).isEqualTo("\"x\"");
        talk.load(new LoadRequest(bundle.toString(), List.of(), "g(int)", 1000, 0));
        assertThat(talk.run("2000000000").error(0).kind()).isEqualTo(ErrorKind.RESULT_TOO_LARGE);
    }

    @Test
    void recordsTheStartOfEachTask() throws IOException {
        load("int f(int x) { return x; }", "f(int)");

        talk.run("1", "2", "3");

        assertThat(process.taskState.started()).isEqualTo(3);
        assertThat(process.taskState.position()).isEqualTo(TaskStateFile.IDLE);
    }

    @Test
    void finishedOutcomesAreSentDuringALongTask() throws Exception {
        load(
                "static final java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);"
                        + "static int f(int x) throws Exception { if (x == 1) { never.await(); } if (x == 2) { never.countDown(); } return x; }",
                "f(int)");

        talk.startRun("7", "1");
        Outcomes early = talk.part();

        assertThat(early.values()).containsExactly("7");
        assertThat(process.taskState.position()).isEqualTo(1);
    }

    @Test
    void tooFewArgumentsEndTheProcess() throws Exception {
        load("int f(int x) { return x; }", "f(int)");

        talk.send(FrameKind.RUN, new BatchRequest(2, null, 0), "[1]");

        assertThat(process.exit.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void endOfStreamEndsTheProcess() throws Exception {
        process.close();

        assertThat(process.exit.get(10, TimeUnit.SECONDS)).isZero();
    }
}
