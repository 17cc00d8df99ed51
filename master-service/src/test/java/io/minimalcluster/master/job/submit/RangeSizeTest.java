package io.minimalcluster.master.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.InvalidOption;
import io.minimalcluster.model.job.TaskRange;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeSizeTest {
    private static final long MAX_TASKS = Integer.MAX_VALUE;

    @ParameterizedTest(name = "{0} to {1} by {2}: {3}")
    @CsvSource({
        "0, 10, , 10",
        "0, 10, 3, 4",
        "0, 9, 3, 3",
        "0, 0, 1, 0",
        "5, 5, -1, 0",
        "0, 10, -1, 0",
        "10, 0, 1, 0",
        "10, 0, -1, 10",
        "10, 0, -3, 4",
        "-5, 5, 10, 1",
        "9223372036854775806, 9223372036854775807, 1, 1",
        "-9223372036854775808, 9223372036854775807, 9223372036854775807, 3",
        "9223372036854775807, -9223372036854775808, -9223372036854775808, 2",
        "-9223372036854775808, -9223372036854775807, 1, 1",
    })
    void rangeSizeIsExactAtTheBounds(long from, long to, Long step, long expected) {
        assertThat(RangeSize.count(new TaskRange(from, to, step), MAX_TASKS)).isEqualTo(expected);
    }

    @Test
    void rangeSizeMatchesALoopOnRandomRanges() {
        Random random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            long from = random.nextLong(-100, 100);
            long to = random.nextLong(-100, 100);
            long step = random.nextLong(1, 30) * (random.nextBoolean() ? 1L : -1L);
            long expected = 0;
            for (long i = from; step > 0 ? i < to : i > to; i += step) {
                expected++;
            }
            assertThat(RangeSize.count(new TaskRange(from, to, step), MAX_TASKS))
                    .as("%s to %s by %s", from, to, step)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0",
        "0, 2147483648, 1",
        "-9223372036854775808, 9223372036854775807, 1",
        "9223372036854775807, -9223372036854775808, -1"
    })
    void zeroStepAndTooManyTasksAreRejected(long from, long to, long step) {
        assertThatThrownBy(() -> RangeSize.count(new TaskRange(from, to, step), MAX_TASKS))
                .isInstanceOf(InvalidOption.class);
    }
}
