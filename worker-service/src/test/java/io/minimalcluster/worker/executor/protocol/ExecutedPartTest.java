package io.minimalcluster.worker.executor.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.task.frame.OutcomePart.PositionOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutedPartTest {
    private static final TaskError ERROR = new TaskError(ErrorKind.EXCEPTION, null, null, List.of(), 1);

    private final ExecutedPart part = new ExecutedPart(
            2,
            3,
            "[1 , null,[3]]".getBytes(UTF_8),
            List.of(new PositionError(3, ERROR)),
            new long[] {7, 8, 9},
            List.of(new PositionOutput(4, "x", false)));

    @Test
    void movedByShiftsAllPositions() {
        ExecutedPart moved = part.movedBy(10);
        assertThat(moved.span()).isEqualTo(new PositionRange(12, 15));
        assertThat(moved.errors()).containsExactly(new PositionError(13, ERROR));
        assertThat(moved.output()).containsExactly(new PositionOutput(14, "x", false));
    }

    @Test
    void beforeTruncatesAllFields() {
        ExecutedPart cut = part.before(4);
        assertThat(cut.span()).isEqualTo(new PositionRange(2, 4));
        assertThat(new String(cut.values(), UTF_8)).isEqualTo("[1 , null]");
        assertThat(cut.errors()).hasSize(1);
        assertThat(cut.nanos()).containsExactly(7, 8);
        assertThat(cut.output()).isEmpty();
    }

    @Test
    void beforeTheEndReturnsTheSamePart() {
        assertThat(part.before(5)).isSameAs(part);
    }

    @Test
    void failedPartHasAnErrorForEachPosition() {
        ExecutedPart failed = ExecutedPart.failed(new PositionRange(5, 7), ERROR);
        assertThat(new String(failed.values(), UTF_8)).isEqualTo("[null,null]");
        assertThat(failed.errors()).containsExactly(new PositionError(5, ERROR), new PositionError(6, ERROR));
    }
}
