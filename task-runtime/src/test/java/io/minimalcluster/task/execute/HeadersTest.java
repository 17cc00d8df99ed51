package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.Load;
import io.minimalcluster.task.frame.Part;
import io.minimalcluster.task.frame.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What is written and read by hand here is what a service's mapper reads and writes. */
class HeadersTest {
    private static final JsonMapper SERVICE = new JsonMapper();

    @Test
    void readsWhatAServiceWrites() {
        Load load = new Load("/a \"b\".jar", List.of("/b", "/c"), "f(int)", 1, 2);
        Run range = new Run(3, -5L, 2);
        Run list = new Run(3, null, 0);

        assertThat(Headers.readLoad(SERVICE.writeValueAsBytes(load))).isEqualTo(load);
        assertThat(Headers.readRun(SERVICE.writeValueAsBytes(range))).isEqualTo(range);
        assertThat(Headers.readRun(SERVICE.writeValueAsBytes(list))).isEqualTo(list);
    }

    @ParameterizedTest
    @EnumSource
    void writesErrorsAsAServiceReadsThem(ErrorKind kind) {
        TaskError error = new TaskError(kind, "T", "m \"\n€", List.of("a", "b"), 1);
        TaskError plain = new TaskError(kind, null, null, List.of(), 1);

        assertThat(SERVICE.readValue(Headers.of(error), TaskError.class)).isEqualTo(error);
        assertThat(SERVICE.readValue(Headers.of(plain), TaskError.class)).isEqualTo(plain);
    }

    @Test
    void writesPartsAsAServiceReadsThem() {
        Part part = new Part(
                5,
                2,
                List.of(new Part.PositionError(6, new TaskError(ErrorKind.CRASH, null, null, List.of(), 1))),
                new long[] {7, 8},
                List.of(new Part.PositionOutput(5, "text", true)));

        Part read = SERVICE.readValue(Headers.of(part), Part.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(part);
    }
}
