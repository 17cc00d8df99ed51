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
    private static final long PATIENCE = 15_000;
    private static final long LOOK = 1000;
    private static final int LOOKS = (int) (PATIENCE / LOOK);

    @TempDir
    Path folder;

    private final List<Integer> exits = new ArrayList<>();
    private TaskStateView worker;
    private TaskStateFile taskState;
    private LivenessWatchdog watchdog;

    @BeforeEach
    void open() throws IOException {
        worker = TaskStateView.create(folder.resolve("marks"));
        taskState = TaskStateFile.open(folder.resolve("marks"));
        watchdog = new LivenessWatchdog(taskState, new ProcessExit(exits::add));
    }

    @AfterEach
    void close() throws IOException {
        taskState.close();
        worker.close();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.look(LOOK);
        }
    }

    @Test
    void endsATaskWhoseWorkerFellSilent() throws IOException {
        worker.signOfLife(1, PATIENCE);
        taskState.start(0);
        look(LOOKS);
        assertThat(exits).isEmpty();

        look(1);

        assertThat(exits).containsExactly(ProcessExit.CUT_OFF);
    }

    @Test
    void oneSignIsEnoughToBeginAnew() throws IOException {
        worker.signOfLife(1, PATIENCE);
        taskState.start(0);
        for (int sign = 2; sign < 10; sign++) {
            look(LOOKS);
            worker.signOfLife(sign, PATIENCE);
        }

        assertThat(exits).isEmpty();
    }

    @Test
    void waitsForEverWhileNothingRuns() throws IOException {
        worker.signOfLife(1, PATIENCE);
        look(10 * LOOKS);
        taskState.start(0);
        look(LOOKS - 1);

        assertThat(exits).isEmpty();
    }

    @Test
    void waitsForEverForAWorkerThatGivesNoSigns() {
        taskState.start(0);
        look(10 * LOOKS);

        assertThat(exits).isEmpty();
    }
}
