package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizing of batches by measured speed, slots and remaining tasks. */
class BatchSizeTest {
    private static final double MILLI = 1e6;

    private static TaskSpeed speed(double nanos, long tasks) {
        return new TaskSpeed(nanos, tasks);
    }

    @ParameterizedTest(name = "{0} left, {1} slots, {2} ns each of {3} measured: {4}")
    @CsvSource({
        "1000000,   4,         0,        0,       4", // unknown speed: a small batch
        "      3,   4,         0,        0,       1", // unknown speed, and few tasks remain
        "1000000,   4,   1000000,   100000,     500", // half a second
        "1000000,   4,   1000000,       10,     160", // sixteen times the measured tasks
        "    100,   4,  20000000,   100000,      12", // a share of the tail: 100 / 8
        "     10,   4,  10000000,   100000,       1", // the last tasks one by one
        "1000000,   4,5000000000,   100000,       1", // tasks longer than half a second
        "   1000,   4,       100,   100000,    1000", // not split: a batch of 16 ms holds 160,000 tasks
        "1000000,   4,       100, 10000000,  160000", // split, but not below the minimum duration of a batch
        "1000000000,1,         0, 1000000000, 1000000", // maximum batch size
        "    100,   0,   1000000,   100000,      50", // zero slots count as one
    })
    void batchSizeFollowsSpeedAndRemainingTasks(long remaining, long slots, double nanos, long measured, int expected) {
        assertThat(BatchSize.next(remaining, slots, speed(nanos, measured), null))
                .isEqualTo(expected);
    }

    @Test
    void batchSizeOptionIsHonoured() {
        assertThat(BatchSize.next(100, 8, speed(MILLI, 100), 7)).isEqualTo(7);
        assertThat(BatchSize.next(3, 8, speed(MILLI, 100), 7)).isEqualTo(3);
        assertThat(BatchSize.next(Long.MAX_VALUE, 8, TaskSpeed.UNKNOWN, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
    }

    record Case(
            long remaining,
            long slots,
            TaskSpeed speed,
            @Nullable Integer fixed) {}

    static Stream<Case> cases() {
        Random random = new Random(42);
        List<Long> extremes = List.of(1L, 2L, 3L, 7L, 1000L, 1_000_000L, (long) Integer.MAX_VALUE, Long.MAX_VALUE);
        List<Double> times = List.of(0.0, 1e-9, 1.0, 1e3, 1e6, 1e9, 1e18, Double.MAX_VALUE);
        return Stream.generate(() -> new Case(
                        pick(random, extremes),
                        random.nextInt(3000),
                        random.nextInt(5) == 0 ? TaskSpeed.UNKNOWN : speed(pick(random, times), pick(random, extremes)),
                        random.nextInt(4) == 0 ? 1 + random.nextInt(1000) : null))
                .limit(500);
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void batchSizeIsPositiveAndBounded(Case at) {
        long size = BatchSize.next(at.remaining(), at.slots(), at.speed(), at.fixed());
        assertThat(size).isPositive().isLessThanOrEqualTo(at.remaining());
        if (at.fixed() == null) {
            double trusted = (double) at.speed().measuredTasks() * BatchSize.MAX_GROWTH;
            assertThat(size).isLessThanOrEqualTo(BatchSize.MAX_SIZE);
            assertThat((double) size).isLessThanOrEqualTo(Math.max(BatchSize.INITIAL_SIZE, trusted));
        } else {
            assertThat(size).isLessThanOrEqualTo(at.fixed());
        }
    }

    @Test
    void batchesShrinkToSingleTasksAtTheEnd() {
        long remaining = 100_000;
        long last = Long.MAX_VALUE;
        while (remaining > 0) {
            long size = BatchSize.next(remaining, 8, speed(20 * MILLI, 1000), null);
            assertThat(size).as("batches never grow").isLessThanOrEqualTo(last);
            last = size;
            remaining -= size;
        }
        assertThat(last).isEqualTo(1);
    }

    @Test
    void speedFollowsRecentMeasurements() {
        TaskSpeed speed = TaskSpeed.UNKNOWN.with(1_000, 10);
        assertThat(speed).isEqualTo(new TaskSpeed(100, 10));
        assertThat(speed.with(3_000, 10)).isEqualTo(new TaskSpeed(200, 20));
    }

    @Test
    void speedIsKeptPerFunction() {
        TaskSpeedCache speedCache = new TaskSpeedCache();
        speedCache.measured("env-1", "f()", 1000, 10);
        speedCache.measured("env-1", "g()", 0, 0);
        assertThat(speedCache.of("env-1", "f()").nanosPerTask()).isEqualTo(100);
        assertThat(speedCache.of("env-1", "g()")).isEqualTo(TaskSpeed.UNKNOWN);
        assertThat(speedCache.of("env-2", "f()")).isEqualTo(TaskSpeed.UNKNOWN);
    }
}
