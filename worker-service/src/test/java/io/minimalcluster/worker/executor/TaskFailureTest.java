package io.minimalcluster.worker.executor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that fail, and their processes. */
@Timeout(180)
class TaskFailureTest {
    private static final int COUNT = 20;

    private static PoolFixture executors;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        executors = new PoolFixture(folder, 1);
    }

    @AfterAll
    static void close() {
        executors.close();
    }

    @Test
    void exceptionFailsItsTaskOnly() throws Exception {
        TaskError error = executors.run(executors.range("fail", COUNT)).onlyFailure(COUNT, ErrorKind.EXCEPTION);
        assertThat(error.type()).isEqualTo(ArithmeticException.class.getName());
    }

    @Test
    void stackOverflowFailsItsTaskOnly() throws Exception {
        executors.run(executors.range("stack", COUNT)).onlyFailure(COUNT, ErrorKind.EXCEPTION);
    }

    @Test
    void endlessLoopTimesOutAndOtherTasksRun() throws Exception {
        TaskError error = executors
                .run(executors.limited("loop", COUNT, Duration.ofSeconds(1)))
                .onlyFailure(COUNT, ErrorKind.TIMEOUT);
        assertThat(error.message()).isEqualTo("it ran longer than 1 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linger", "hook"})
    void exitThatDoesNotCompleteFailsTheRunningTask(String function) throws Exception {
        TaskError error = executors.run(executors.range(function, COUNT)).onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(error.message()).startsWith("the task ended the process, and its shutdown hooks took more than 1 s");
    }

    @Test
    void taskThatClaimsToBeIdleTimesOut() throws Exception {
        TaskError error = executors
                .run(executors.limited("claimsIdle", COUNT, Duration.ofSeconds(1)))
                .onlyFailure(COUNT, ErrorKind.TIMEOUT);
        assertThat(error.message()).isEqualTo("it ran longer than 1 s");
    }

    @Test
    void taskThatClaimsFurtherStartsIsACrash() throws Exception {
        TaskError error = executors
                .run(executors.limited("claimsStarts", COUNT, Duration.ofHours(1)))
                .onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(error.message()).isEqualTo("the process was ended: it started more tasks than it was given");
    }

    @Test
    void executorWithAFailedInitialiserIsNotReused() throws Exception {
        String before = executors.first(executors.range("broken", 1));
        executors.run(executors.range("broken", COUNT)).onlyFailure(COUNT, ErrorKind.EXCEPTION);

        assertThat(executors.first(executors.range("broken", 1))).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "halt", "crash", "garbage"})
    void exitOfTheProcessFailsTheRunningTask(String function) throws Exception {
        TaskError error = executors.run(executors.range(function, COUNT)).onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(error.message())
                .startsWith(
                        switch (function) {
                            case "exit" -> "the task ended the process with exit code 0";
                            case "halt" -> "the process ended with exit code 42";
                            case "crash" -> "the process ended with exit code 1; last output:";
                            default -> "the process was ended: it sent a frame of";
                        });
    }

    @Test
    void outputOfATaskThatEndsItsProcessIsKept() throws Exception {
        CollectedOutcomes collected = executors.run(executors.range("printAndHalt", COUNT));

        collected.onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(collected.output())
                .filteredOn(entry -> entry.position() == 5)
                .containsExactly(new PositionOutput(5, "begins 5\nends here", false));
        assertThat(collected.output())
                .extracting(PositionOutput::position)
                .doesNotHaveDuplicates()
                .hasSize(COUNT);
    }

    @Test
    void outputOfATaskThatTimesOutIsKept() throws Exception {
        CollectedOutcomes collected = executors.run(executors.limited("printAndHang", 1, Duration.ofSeconds(1)));

        assertThat(collected.output()).containsExactly(new PositionOutput(0, "hangs", false));
    }

    @Test
    void nativeCrashReportsSignalAndFrame() throws Exception {
        TaskError error = executors.run(executors.range("crash", COUNT)).onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(error.message()).contains("SIGSEGV", "Problematic frame");
    }

    @Test
    void forgedResultsAreACrash() throws Exception {
        TaskError error = executors.run(executors.range("forge", COUNT)).onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(error.message()).startsWith("the process was ended: it sent ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "array", "classes", "direct", "pretend"})
    void outOfMemoryFailsItsTaskOnly(String function) throws Exception {
        TaskError error = executors.run(executors.range(function, COUNT)).onlyFailure(COUNT, ErrorKind.OUT_OF_MEMORY);
        assertThat(error.type()).isEqualTo(OutOfMemoryError.class.getName());
        assertThat(error.message())
                .contains(
                        switch (function) {
                            case "heap" -> "Java heap space";
                            case "array" -> "Requested array size exceeds VM limit";
                            case "classes" -> "Metaspace";
                            case "direct" -> "direct buffer memory";
                            default -> "simulated";
                        });
    }

    @Test
    void remainingArgumentsRunAfterACrash() throws Exception {
        String numbers = IntStream.range(0, COUNT).mapToObj(String::valueOf).collect(joining(",", "[", "]"));
        CollectedOutcomes collected = executors.run(executors.arguments("halt", COUNT, numbers));
        collected.onlyFailure(COUNT, ErrorKind.CRASH);
        assertThat(collected.values())
                .containsEntry(4, "4")
                .containsEntry(6, "6")
                .containsEntry(19, "19");
    }

    @Test
    void crashingInitializerFailsEachTaskOnce() throws Exception {
        assertThat(executors.run(executors.range("run", 3)).errors())
                .hasSize(3)
                .allSatisfy((_, error) -> assertThat(error.message()).contains("exit code 9"));
    }

    @Test
    void repeatedCrashesFailTheTasksWhenTheSelfTestPasses() throws Exception {
        CollectedOutcomes collected = executors.run(executors.range("run", 4));
        assertThat(collected.errors()).hasSize(4);
        executors.pool.selfTest();
    }
}
