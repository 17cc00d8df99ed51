package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.cli.option.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Abbreviated ids as arguments of commands. */
class IdArgumentTest extends ShellTest {
    @Test
    void jobIsResolvedByPrefixOrLast() {
        for (int i = 0; i < 12; i++) {
            shell.run("run", "Main.java", "-f", i == 11 ? "half" : "square", "--args", "[" + i + "]");
        }

        assertThat(shell.run("job", "last")).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).startsWith("job-12 FAILED");
        assertThat(shell.run("values", "job-2"))
                .as("a whole id, and no other begins with it")
                .isZero();
        assertThat(shell.out()).isEqualTo("1\n");
        assertThat(shell.run("values", "job-1"))
                .as("a whole id, though others begin with it")
                .isZero();
        assertThat(shell.out()).isEqualTo("0\n");
        assertThat(shell.run("values", "job-11")).isZero();
        assertThat(shell.run("values", "job-10")).as("on the second page").isZero();
        assertThat(shell.run("cancel", "job")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("job is the beginning of 12 jobs", "  job-12", "and 2 more");
        assertThat(shell.run("results", "job-9x")).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.run("explain", "")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void environmentIsResolvedByPrefixOrLast() {
        assertThat(shell.run("register", "last", "square")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("there is no environment yet");
        shell.run("load", "Main.java");
        String environment = shell.out().strip();

        assertThat(shell.run("register", environment.substring(0, 6), "square")).isZero();
        assertThat(shell.run("submit", "square", "--env", "last", "--args", "[1]"))
                .isZero();
    }

    @Test
    void lastIsAmbiguousForSeveralOwners() throws IOException {
        master.submitted("square", Arguments.range(0, 1));
        master.callerIs("alice");
        master.submitted("square", Arguments.range(0, 1));

        assertThat(shell.run("cancel", "last")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("several owners (alice, authkey)");
        assertThat(shell.run("jobs", "--json")).isZero();
        assertThat(shell.out()).doesNotContain("CANCELLED");
    }
}
