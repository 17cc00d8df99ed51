package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.OutcomePart;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Compatibility of the streaming readers and writers with the JSON mapper of the services. */
class FrameHeadersTest {
    private static final JsonMapper SERVICE = new JsonMapper();

    @Test
    void readsHeadersOfTheService() {
        LoadRequest load = new LoadRequest("/a \"b\".jar", List.of("/b", "/c"), "f(int)", 1, 2);
        BatchRequest range = new BatchRequest(3, -5L, 2);
        BatchRequest list = new BatchRequest(3, null, 0);

        assertThat(FrameHeaders.readLoad(SERVICE.writeValueAsBytes(load))).isEqualTo(load);
        assertThat(FrameHeaders.readRun(SERVICE.writeValueAsBytes(range))).isEqualTo(range);
        assertThat(FrameHeaders.readRun(SERVICE.writeValueAsBytes(list))).isEqualTo(list);
    }

    @ParameterizedTest
    @EnumSource
    void writesErrorsForTheService(ErrorKind kind) {
        TaskError error = new TaskError(kind, "T", "m \"\n€", List.of("a", "b"), 1);
        TaskError plain = new TaskError(kind, null, null, List.of(), 1);

        assertThat(SERVICE.readValue(FrameHeaders.of(error), TaskError.class)).isEqualTo(error);
        assertThat(SERVICE.readValue(FrameHeaders.of(plain), TaskError.class)).isEqualTo(plain);
    }

    @Test
    void writesPartsForTheService() {
        OutcomePart part = new OutcomePart(
                5,
                2,
                List.of(new OutcomePart.PositionError(6, new TaskError(ErrorKind.CRASH, null, null, List.of(), 1))),
                new long[] {7, 8},
                List.of(new OutcomePart.PositionOutput(5, "text", true)));

        OutcomePart read = SERVICE.readValue(FrameHeaders.of(part), OutcomePart.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(part);
    }
}
