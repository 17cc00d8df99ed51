package io.minimalcluster.task.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.BoundFunction;
import io.minimalcluster.task.bind.JsonElement;
import io.minimalcluster.task.bind.JsonElements;
import io.minimalcluster.task.bind.ValueWriter;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.compile.TestBundles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources with arguments and the outcomes of their tasks, from {@code value-cases.txt}. */
class ValueCasesTest {
    private static final int LIMIT = 10_000;
    private static final String ARROW = " => ";
    private static final String CALL = "call ";

    @TempDir
    Path folder;

    record Case(String source, String function, List<String> lines) {
        static Case of(String text) {
            List<String> lines = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            int call =
                    lines.stream().map(line -> line.startsWith(CALL)).toList().indexOf(true);
            return new Case(
                    String.join("\n", lines.subList(0, call)),
                    lines.get(call).substring(CALL.length()),
                    lines.subList(call + 1, lines.size()));
        }

        @Override
        public String toString() {
            return function;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream text = ValueCasesTest.class.getResourceAsStream("value-cases.txt")) {
            String all = new String(Objects.requireNonNull(text).readAllBytes(), UTF_8);
            return Arrays.stream(all.split("\n---\n")).map(Case::of);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tasksHaveTheirOutcome(Case tested) throws Throwable {
        try (LoadedBundle code = LoadedBundle.open(TestBundles.write(folder, tested.source()), List.of())) {
            BoundFunction function =
                    new LoadedFunction(code, code.find(tested.function()).orElseThrow(), ExecutionMode.PLAIN).call();
            for (String line : tested.lines()) {
                int arrow = line.indexOf(ARROW);
                assertThat(outcome(function, line.substring(0, arrow)))
                        .as("%s of %s", tested.function(), line)
                        .isEqualTo(line.substring(arrow + ARROW.length()));
            }
        }
    }

    private static String outcome(BoundFunction function, String argument) {
        ValueWriter values = new ValueWriter(64, LIMIT);
        JsonElement element = new JsonElement();
        new JsonElements(("[" + argument + "]").getBytes(UTF_8)).next(element);
        values.begin();
        try {
            function.onElement().invoke(values, element);
            values.end();
            String array = new String(values.array(0, values.length()), UTF_8);
            return array.substring(1, array.length() - 1);
        } catch (Throwable e) {
            TaskError error = TaskErrors.of(e instanceof ArgumentMismatch mismatch ? function.named(mismatch) : e);
            return error.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + error.message();
        }
    }
}
