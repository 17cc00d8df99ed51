package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.task.FrameConversation.Outcomes;
import io.minimalcluster.task.compile.TestBundles;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.OutcomePart;
import io.minimalcluster.task.frame.TaskStateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ExecutorLoopTest extends InProcessTest {
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

        Outcomes outcomes = talk.range(500_000, 0, 1);

        assertThat(outcomes.values()).hasSize(500_000);
        assertThat(outcomes.value(499_999)).isEqualTo("499999");
        assertThat(outcomes.parts()).hasSizeGreaterThan(3);
        int next = 0;
        for (OutcomePart part : outcomes.parts()) {
            assertThat(part.first()).isEqualTo(next);
            next += part.count();
        }
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
