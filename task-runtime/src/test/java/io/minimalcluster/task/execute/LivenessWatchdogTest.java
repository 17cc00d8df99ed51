package io.minimalcluster.task.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.frame.TaskStateView;
import io.minimalcluster.task.process.ProcessExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivenessWatchdogTest {
    private static final long TIMEOUT = 15_000;
    private static final long INTERVAL = 1000;
    private static final int CHECKS = (int) (TIMEOUT / INTERVAL);

    @TempDir
    Path folder;

    private final List<Integer> exits = new ArrayList<>();
    private boolean isRunning;
    private TaskStateView worker;
    private TaskStateFile taskState;
    private LivenessWatchdog watchdog;

    @BeforeEach
    void open() throws IOException {
        worker = TaskStateView.create(folder.resolve("task-state"));
        taskState = TaskStateFile.open(folder.resolve("task-state"));
        watchdog = new LivenessWatchdog(taskState, () -> isRunning, new ProcessExit(exits::add));
    }

    @AfterEach
    void close() throws IOException {
        worker.close();
    }

    private void check(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.check(INTERVAL);
        }
    }

    @Test
    void missingLivenessSignalEndsTheProcess() throws IOException {
        worker.writeLivenessSignal(1, TIMEOUT);
        isRunning = true;
        check(CHECKS);
        assertThat(exits).isEmpty();

        check(1);

        assertThat(exits).containsExactly(ProcessExit.CUT_OFF);
    }

    @Test
    void signalRestartsTheTimeout() throws IOException {
        worker.writeLivenessSignal(1, TIMEOUT);
        isRunning = true;
        for (int signal = 2; signal < 10; signal++) {
            check(CHECKS);
            worker.writeLivenessSignal(signal, TIMEOUT);
        }

        assertThat(exits).isEmpty();
    }

    @Test
    void timeoutDoesNotElapseBetweenBatches() throws IOException {
        worker.writeLivenessSignal(1, TIMEOUT);
        check(10 * CHECKS);
        isRunning = true;
        check(CHECKS - 1);

        assertThat(exits).isEmpty();
    }

    @Test
    void noTimeoutWithoutAnySignal() {
        isRunning = true;
        check(10 * CHECKS);

        assertThat(exits).isEmpty();
    }

    @Test
    void userCodeCannotLengthenTheTimeout() throws IOException {
        worker.writeLivenessSignal(1, TIMEOUT);
        isRunning = true;
        check(1);
        taskState.idle();
        worker.writeLivenessSignal(1, 0);
        check(CHECKS - 1);
        worker.writeLivenessSignal(1, 10 * TIMEOUT);
        assertThat(exits).isEmpty();

        check(1);

        assertThat(exits).containsExactly(ProcessExit.CUT_OFF);
    }
}
