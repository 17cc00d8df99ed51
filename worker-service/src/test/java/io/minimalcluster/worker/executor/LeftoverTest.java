package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.RunningProcesses;
import io.minimalcluster.worker.launch.SupportedIsolationLevels;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task leaves running ends soon after its batch, and no later batch runs beside it. */
@ParameterizedClass
@MethodSource("io.minimalcluster.worker.launch.SupportedIsolationLevels#all")
@Timeout(180)
class LeftoverTest {
    private static final int MEBIBYTE = 1 << 20;

    /** One pool for all tests of a level. */
    @SuppressWarnings("NullAway.Init") // it knows no initializers of parameterized classes
    private static PoolFixture executors;

    private final Isolation level;

    LeftoverTest(Isolation level) {
        this.level = level;
    }

    @BeforeParameterizedClassInvocation
    static void open(Isolation level, @TempDir Path folder) throws IOException {
        executors = executors(level, folder, Duration.ofMinutes(30));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        executors.close();
    }

    private static PoolFixture executors(Isolation level, Path folder, Duration idle) throws IOException {
        ExecutorLimits limits = new ExecutorLimits(
                64 * MEBIBYTE,
                64 * MEBIBYTE,
                64 * MEBIBYTE,
                500 * MEBIBYTE,
                ProcessLimits.DEFAULT,
                1000,
                100_000,
                idle);
        return new PoolFixture(folder, 1, SupportedIsolationLevels.only(level), limits);
    }

    @Test
    void executorWithAThreadIsNotReused() throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        executors.run(executors.range("leaveThread", 1));
        assertThat(executors.first(executors.range("processStart", 1))).isNotEqualTo(process);
    }

    @Test
    void executorWithPoolThreadsOfTheJdkIsReused() throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        assertThat(executors.run(executors.range("sumInParallel", 3)).values()).hasSize(3);
        assertThat(executors.first(executors.range("processStart", 1))).isEqualTo(process);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leaveChild", "leaveDaemon"})
    void processOfATaskIsKilled(String function) throws Exception {
        String process = executors.first(executors.range("processStart", 1));
        String seconds = String.valueOf(200_000 + ThreadLocalRandom.current().nextInt(100_000));
        executors.run(executors.arguments(function, 1, "[" + seconds + "]"));
        List<ProcessHandle> left = RunningProcesses.withArgument(seconds);
        for (ProcessHandle each : left) {
            RunningProcesses.awaitEnd(each);
        }
        await("no process is left", () -> countOf(seconds) == 0);
        assertThat(executors.first(executors.range("processStart", 1))).isNotEqualTo(process);
    }

    @Test
    void workThatGoesOnIsEnded() throws Exception {
        long start = Long.parseLong(executors.first(executors.range("startMillis", 1)));
        assertThat(startedAt(start)).isNotEmpty();
        assertThat(executors.run(executors.range("leaveWork", 1)).values()).hasSize(1);
        await("the executor does not work", () -> workInOneSecond(start).compareTo(Duration.ofMillis(200)) < 0);
    }

    @Test
    void idleExecutorIsEnded(@TempDir Path folder) throws Exception {
        try (PoolFixture impatient = executors(level, folder, Duration.ofSeconds(2))) {
            impatient.run(impatient.range("square", 1));
            assertThat(impatient.pool.processes()).isEqualTo(2);
            await("the idle executor has ended", () -> impatient.pool.processes() == 1);
        }
    }

    private static long countOf(String argument) {
        try {
            return RunningProcesses.withArgument(argument).size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Duration workInOneSecond(long startMillis) {
        Duration before = work(startMillis);
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        return work(startMillis).minus(before);
    }

    private static Duration work(long startMillis) {
        return startedAt(startMillis)
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The processes that an executor may be: other tests run executors at the same time. */
    private static Stream<ProcessHandle> startedAt(long startMillis) {
        return ProcessHandle.current()
                .descendants()
                .filter(process ->
                        process.info().startInstant().stream().anyMatch(start -> start.toEpochMilli() == startMillis));
    }

    private static void await(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(description).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
