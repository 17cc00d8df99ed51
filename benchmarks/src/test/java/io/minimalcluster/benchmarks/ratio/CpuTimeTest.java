package io.minimalcluster.benchmarks.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuTimeTest {
    private static final ProcessHandle SELF = ProcessHandle.current();

    private final List<Process> children = new ArrayList<>();
    private int runs;

    @AfterEach
    void end() {
        children.forEach(Process::destroyForcibly);
    }

    @Test
    void workOfThisThreadAndOfOtherProcessesTakesCpuTime() throws Exception {
        assertThat(CpuTime.ofThread(CpuTimeTest::work)).isPositive();
        assertThat(CpuTime.ofProcesses(() -> List.of(SELF, SELF), CpuTimeTest::work))
                .isPositive();
        assertThat(CpuTime.ofProcesses(List::of, CpuTimeTest::work)).isZero();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not tell the times of children that ended")
    void childThatBeginsAndEndsMeanwhileCountsForItsParent() throws Exception {
        Process shell = start("sh", "-c", "read n; (while [ $n -gt 0 ]; do n=$((n - 1)); done); echo done; read end");

        double seconds = CpuTime.ofProcesses(() -> List.of(shell.toHandle()), () -> {
            shell.outputWriter().append("300000\n").flush();
            assertThat(shell.inputReader().readLine()).isEqualTo("done");
        });

        assertThat(seconds).isPositive();
    }

    @Test
    void actionIsRepeatedIfAProcessEndsMeanwhile() throws Exception {
        Process child = start("cat");

        double seconds =
                CpuTime.ofProcesses(() -> child.isAlive() ? List.of(child.toHandle(), SELF) : List.of(SELF), () -> {
                    runs++;
                    kill(child);
                    work();
                });

        assertThat(seconds).isPositive();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void processThatEndsInEachAttemptIsAFailure() {
        start("cat");

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        CpuTime.ofProcesses(() -> List.of(children.getLast().toHandle()), () -> {
                            runs++;
                            kill(children.getLast());
                            start("cat");
                        }))
                .withMessage("a process ended in each of 5 attempts");
        assertThat(runs).isEqualTo(5);
    }

    private Process start(String... command) {
        try {
            children.add(new ProcessBuilder(command).start());
            return children.getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Works for a tick of the system's clock, of 10 ms at most. */
    private static void work() {
        var before = SELF.info().totalCpuDuration();
        while (SELF.info().totalCpuDuration().equals(before)) {
            Thread.onSpinWait();
        }
    }

    private static void kill(Process child) throws InterruptedException {
        child.destroyForcibly().waitFor();
    }
}
