package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.worker.launch.SupportedIsolationLevels;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A task that reaches a limit fails alone, and its error names the limit and the setting. */
@ParameterizedClass
@MethodSource("io.minimalcluster.worker.launch.SupportedIsolationLevels#all")
@Timeout(180)
class ReachedLimitTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int COUNT = 7;
    private static final ExecutorLimits LIMITS = new ExecutorLimits(
            64 * MEBIBYTE,
            64 * MEBIBYTE,
            64 * MEBIBYTE,
            500 * MEBIBYTE,
            new ProcessLimits(200, 300, 32 * MEBIBYTE, 48 * MEBIBYTE),
            1000,
            100_000,
            Duration.ofMinutes(3));

    /** One pool for all tests of a level. */
    @SuppressWarnings("NullAway.Init") // it knows no initializers of parameterized classes
    private static PoolFixture executors;

    private final Isolation level;

    ReachedLimitTest(Isolation level) {
        this.level = level;
    }

    @BeforeParameterizedClassInvocation
    static void open(Isolation level, @TempDir Path folder) throws IOException {
        executors = new PoolFixture(folder, 1, SupportedIsolationLevels.only(level), LIMITS);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        executors.close();
    }

    @Test
    void residentMemoryIsLimited() throws Exception {
        TaskError error =
                executors.run(executors.range("useNativeMemory", COUNT)).onlyFailure(COUNT, ErrorKind.OUT_OF_MEMORY);
        assertThat(error.message()).contains("500m", "minimalcluster.executor.memory");
    }

    @Test
    void heapIsNamed() throws Exception {
        TaskError error = executors.run(executors.range("heap", COUNT)).onlyFailure(COUNT, ErrorKind.OUT_OF_MEMORY);
        assertThat(error.message()).contains("Java heap space", "64m", "minimalcluster.executor.heap");
    }

    @Test
    void threadsAreLimitedAndNoOutOfMemory() throws Exception {
        CollectedOutcomes collected = executors.run(executors.range("startThreads", COUNT));
        if (level == Isolation.PROCESS) {
            assertThat(collected.values()).hasSize(COUNT);
        } else {
            TaskError error = collected.onlyFailure(COUNT, ErrorKind.EXCEPTION);
            assertThat(error.message()).contains("200", "minimalcluster.executor.processes");
        }
    }

    @Test
    void fileSizeIsNamed() throws Exception {
        TaskError error =
                executors.run(executors.range("writeLongFile", COUNT)).onlyFailure(COUNT, ErrorKind.EXCEPTION);
        assertThat(error.message()).contains("32m", "minimalcluster.executor.file-size");
    }

    @Test
    void temporarySpaceIsNamed() throws Exception {
        CollectedOutcomes collected = executors.run(executors.range("fillTmp", COUNT));
        if (SupportedIsolationLevels.isTemporarySpaceLimited(level)) {
            TaskError error = collected.onlyFailure(COUNT, ErrorKind.EXCEPTION);
            assertThat(error.message()).contains("48m", "minimalcluster.executor.tmp");
        } else {
            assertThat(collected.values()).hasSize(COUNT);
        }
    }

    @Test
    void openFilesAreNamed() throws Exception {
        TaskError error = executors.run(executors.range("openFiles", COUNT)).onlyFailure(COUNT, ErrorKind.EXCEPTION);
        assertThat(error.message()).contains("300", "minimalcluster.executor.open-files");
    }
}
