package io.minimalcluster.client.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.JobId;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of a jshell session, whose variables are static fields that no executor assigns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionVariablesTest {
    @AutoClose
    private final JShell shell = JShell.builder().executionEngine("local").build();

    @BeforeAll
    void prepare() throws URISyntaxException {
        for (Class<?> type : List.of(PackedFunction.class, JobId.class)) {
            shell.addToClasspath(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        run("import io.minimalcluster.client.code.*;");
        run("import io.minimalcluster.client.function.*;");
        run("void pack(SerializableFunction<Integer, Integer> f) { PackedFunction.of(f, null, null); }");
        run("void reduce(SerializableBinaryOperator<Integer> f) { PackedOperator.of(f, Integer.class); }");
        run("int k = 5;");
        run("int times(int x) { return x * k; }");
        run("int twice(int x) { return 2 * x; }");
        run("class Factor { int times(int x) { return x * k; } }");
        run("class Held { static int v = k; }");
        run("interface Multiplies { default int times(int x) { return x * k; } }");
        run("record Inherits() implements Multiplies {}");
        run("record Times() implements SerializableFunction<Integer, Integer> {"
                + " public Integer apply(Integer x) { return x * k; } }");
        run("int k2(int k) { return k; }");
        run("int positive(int x) { assert x > 0; return x; }");
        run("class Fixed { static int two = 2; }");
        run("void packTimes(int factor) { int used = k; pack(x -> x * factor * used); }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pack(x -> x * k)",
                "pack(x -> k = x)",
                "pack(x -> twice(times(x)))",
                "pack(x -> java.util.stream.Stream.of(x).mapToInt(y -> y * k).sum())",
                "pack(x -> new Factor().times(x))",
                "pack(new Times())",
                "pack(x -> x * Held.v)",
                "pack(x -> { Held.v = x; return x; })",
                "pack(x -> new Inherits().times(x))",
                "reduce((a, b) -> a + times(b))"
            })
    void variableOfASessionIsRefused(String call) {
        assertThat(failure(call))
                .startsWith("the function uses k, a variable of this session, whose value tasks don't have: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pack(x -> twice(x))",
                "pack(x -> k2(x))",
                "pack(x -> positive(x))",
                "pack(x -> x * Fixed.two)",
                "reduce((a, b) -> a + twice(b))",
                "reduce(Integer::sum)",
                "{ int k = 7; pack(x -> x * k); }",
                "packTimes(k)"
            })
    void otherCodeOfASessionIsSent(String call) {
        assertThat(failure(call)).isEmpty();
    }

    @Test
    void variableOutsideOfTheFunctionIsNoPartOfIt() {
        run("SerializableFunction<Integer, Integer> f = x -> twice(x);");

        assertThat(failure("{ int used = k; pack(f); }")).isEmpty();
    }

    private void run(String snippet) {
        assertThat(failures(snippet)).as(snippet).isEmpty();
    }

    private String failure(String call) {
        return failures(call).findFirst().orElse("");
    }

    private Stream<String> failures(String snippet) {
        List<SnippetEvent> events = shell.eval(snippet);
        assertThat(events)
                .as(() -> snippet + ": "
                        + shell.diagnostics(events.getFirst().snippet()).toList())
                .noneMatch(event -> event.status() == jdk.jshell.Snippet.Status.REJECTED);
        return events.stream()
                .map(SnippetEvent::exception)
                .filter(EvalException.class::isInstance)
                .map(thrown -> String.valueOf(thrown.getMessage()));
    }
}
