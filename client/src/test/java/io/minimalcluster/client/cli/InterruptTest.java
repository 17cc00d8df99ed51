package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.FakeMaster;
import io.minimalcluster.client.cli.command.InterruptibleWait;
import io.minimalcluster.client.cli.command.InterruptibleWait.Limits;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGINT while a command waits for a job. */
class InterruptTest extends ShellTest {
    @Test
    void firstInterruptEndsTheCommandButNotTheJob() {
        master.holdJobs();
        CompletableFuture<Integer> run =
                started(shell.withTerminal(), "run", "Main.java", "-f", "square", "--args", "[1]");

        interruptAfter(2, run); // the first response has been shown then

        assertThat(run.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(shell.err())
                .containsPattern("0 of 1.*\\R+job-1 continues")
                .contains("./minimalcluster follow job-1", "./minimalcluster cancel job-1")
                .doesNotContain("CANCELLED");
        assertThat(shell.out()).isEmpty();
        assertThat(master.calls()).doesNotContain("POST /jobs/job-1/cancel");
    }

    @Test
    void secondInterruptCancelsTheJob() throws IOException {
        master.holdJobs();
        master.submitted("square", Arguments.range(0, 4));
        CompletableFuture<Integer> follow =
                started(shell, "follow", "last", "--url", master.url().toString());

        interruptAfter(1, follow);
        shell.interrupt();

        assertThat(follow.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(shell.err())
                .contains("./minimalcluster cancel job-1 --url " + master.url())
                .contains("job-1 CANCELLED: 4 tasks");
    }

    @ParameterizedTest
    @CsvSource({"y,CANCELLED", "Yes,CANCELLED", "n,continues", "'',continues"})
    void interruptOnATerminalAsksWhetherToCancel(String answer, String outcome) throws IOException {
        master.holdJobs();
        master.submitted("square", Arguments.range(0, 4));
        CompletableFuture<Integer> wait = started(shell.withScreen(false).withInput(answer + "\n"), "wait", "last");

        interruptAfter(1, wait);

        assertThat(wait.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(shell.err()).containsPattern("(?s)Cancel job-1 as well\\? \\[y/N\\] .*job-1 " + outcome);
        assertThat(shell.err().contains("to come back: ./minimalcluster follow job-1"))
                .isEqualTo(outcome.equals("continues"));
        assertThat(shell.err()).doesNotContain("Ctrl-C again");
    }

    @Test
    void unresponsiveMasterDoesNotBlockAnInterruptedCommand() throws IOException {
        master.holdJobs();
        master.ignoreCancel();
        Job job = master.submitted("square", Arguments.range(0, 4));
        CliContext context = shell.context();
        try (Client client = new Client(master.url(), FakeMaster.KEY)) {
            InterruptibleWait wait = new InterruptibleWait(
                    context,
                    new Output(context),
                    client,
                    job.id(),
                    "",
                    new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(1)));
            CompletableFuture<Optional<Job>> waited = CompletableFuture.supplyAsync(wait::await);

            interruptAfter(1, waited);
            shell.interrupt();

            assertThat(waited.join()).isEmpty();
        }
        assertThat(shell.err()).contains("The master does not answer", "./minimalcluster cancel job-1");
    }

    private static CompletableFuture<Integer> started(TestShell shell, String... words) {
        return CompletableFuture.supplyAsync(() -> shell.run(words));
    }

    /** Sends SIGINT after {@code calls} requests for the job. */
    private void interruptAfter(int calls, CompletableFuture<?> command) {
        while (master.calls().stream()
                        .filter(call -> call.startsWith("GET /jobs/job-1"))
                        .count()
                < calls) {
            assertThat(command).isNotDone();
            Thread.onSpinWait();
        }
        assertThat(shell.interrupt()).isTrue();
    }
}
