package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.cli.option.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The commands that wait for a job, show a task and its output, and delete. */
class InspectionTest extends ShellTest {
    @Test
    void waitEndsWithTheJob() throws IOException {
        master.submitted("square", Arguments.range(0, 4));
        assertThat(shell.run("wait", "last")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).startsWith("job-1 SUCCEEDED: 4 tasks");

        master.submitted("half", Arguments.range(0, 4));
        assertThat(shell.run("wait", "job-2")).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(shell.out()).startsWith("job-2 FAILED: 4 tasks, 2 failed");
        assertThat(shell.err()).contains("task 1: java.lang.ArithmeticException: odd");
    }

    @Test
    void taskShowsArgumentErrorAndOutput() {
        shell.run("run", "Main.java", "-f", "half", "--args", "[4,5]");

        assertThat(shell.run("task", "last", "0")).isZero();
        assertThat(shell.out())
                .containsPattern("state +SUCCEEDED\nargument +4\nvalue +2\nattempts +1\nworker +worker-1\n");
        assertThat(shell.out()).contains("12.50 ms", "  task 0 begins\n").doesNotContain("\033");

        assertThat(shell.run("task", "last", "1")).isZero();
        assertThat(shell.out())
                .containsPattern(
                        "error +java.lang.ArithmeticException: odd like 1\n +at Main.half\\(Main.java:3\\)\n +Caused by: java.io.IOException\n");
        assertThat(shell.run("task", "last", "1", "--json")).isZero();
        assertThat(shell.out()).startsWith("{\"index\":1,\"state\":\"failed\",\"argument\":5,");
    }

    @Test
    void logsPrintTheOutputOfTasks() {
        shell.run("run", "Main.java", "-f", "half", "--range", "0..4");

        assertThat(shell.run("logs", "last", "2")).isZero();
        assertThat(shell.out()).isEqualTo("task 2 begins\nand \uFFFD[31mends\n");
        assertThat(shell.run("logs", "last")).isZero();
        assertThat(shell.out().lines())
                .hasSize(8)
                .startsWith("0\ttask 0 begins")
                .contains("3\ttask 3 begins");
        assertThat(shell.err()).contains("task 3: the end of its output is cut off");
        assertThat(shell.run("logs", "last", "--failed")).isZero();
        assertThat(shell.out().lines())
                .filteredOn(line -> line.endsWith("begins"))
                .containsExactly("1\ttask 1 begins", "3\ttask 3 begins");
        assertThat(shell.run("logs", "last", "2", "--json")).isZero();
        assertThat(shell.out()).contains("\"index\":2", "\"output\":\"task 2 begins\\nand", "\"truncated\":false");
    }

    @Test
    void logsStopAtTheirLimit() {
        shell.run("run", "Main.java", "-f", "square", "--range", "0..4");

        assertThat(shell.run("logs", "last", "--limit", "2")).isZero();

        assertThat(shell.out().lines()).hasSize(4);
        assertThat(shell.err()).contains("stopped after 2 tasks; --limit");
    }

    @Test
    void logsFollowARunningJob() throws IOException {
        master.submitted("square", Arguments.range(0, 4));
        assertThat(shell.run("logs", "last", "3")).isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("task 3 has not ended; with -f");

        assertThat(shell.run("logs", "last", "3", "-f")).isZero();
        assertThat(shell.out()).startsWith("task 3 begins\n");

        master.submitted("square", Arguments.range(0, 4));
        assertThat(shell.run("logs", "job-2", "-f")).isZero();
        assertThat(shell.out().lines()).hasSize(8);
        assertThat(shell.err()).contains("job-2 SUCCEEDED");
    }

    @Test
    void idsAreResolvedBeforeTheFirstDeletion() {
        shell.run("run", "Main.java", "-f", "square", "--args", "[1]");
        shell.run("run", "Main.java", "-f", "square", "--args", "[2]");

        assertThat(shell.run("delete", "last", "last", "job-2")).isZero();

        assertThat(shell.err().lines()).containsExactly("deleted job-2");
        assertThat(shell.run("delete", "last", "nothing-", "none")).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.run("jobs", "-q")).isZero();
    }

    @Test
    void cancelledTasksAreNotDone() throws IOException {
        master.submitted("square", Arguments.range(0, 30));
        master.cancelAll();

        shell.run("wait", "last");
        assertThat(shell.out()).isEqualTo("job-1 CANCELLED: 30 tasks, 15 cancelled in 2.0 s, 7.5/s\n");
        shell.run("jobs");
        assertThat(shell.out()).contains("  15/30  ");
        shell.run("top");
        assertThat(shell.out()).contains(" 50 % [#####·····]");
    }

    @Test
    void jobsEnvironmentsAndFunctionsAreDeleted() {
        shell.run("run", "Main.java", "-f", "square", "--args", "[1]");
        shell.run("run", "Main.java", "-f", "square", "--args", "[2]");
        shell.run("register", "last", "square");

        assertThat(shell.run("delete", "job-1", "last")).isZero();
        assertThat(shell.err()).contains("deleted job-1", "deleted job-2");
        assertThat(shell.run("delete", "env-", "--function", "square")).isZero();
        assertThat(shell.err()).contains("deleted square", "deleted env-");
        assertThat(shell.run("delete", "job-7")).isEqualTo(ExitCode.REFUSED);
        assertThat(master.calls()).filteredOn(call -> call.startsWith("DELETE")).hasSize(5);
    }
}
