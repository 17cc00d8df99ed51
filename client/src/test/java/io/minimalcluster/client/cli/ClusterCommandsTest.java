package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.FakeMaster;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The commands for workers, keys and the live view. */
class ClusterCommandsTest extends ShellTest {
    @Test
    void workerIsDrainedByNameAndResumed() {
        master.join("north");

        assertThat(shell.run("drain", "north", "--wait")).isZero();
        assertThat(shell.out().strip()).isEqualTo("north DRAINING: 0 of 2 slots busy");
        assertThat(shell.run("drain", "worker-2", "--undo")).isZero();
        assertThat(shell.out()).startsWith("north ACTIVE");
        assertThat(shell.run("drain", "worker-")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("is the beginning of 2 workers");
        assertThat(master.calls()).contains("POST /workers/worker-2/drain", "POST /workers/worker-2/resume");
    }

    @Test
    void keysAreCreatedListedAndRevoked() {
        assertThat(shell.run("keys", "--create", "alice", "--role", "client", "--expires", "30d"))
                .isZero();
        assertThat(shell.out().strip()).isEqualTo("secret-of-alice");
        assertThat(shell.err()).contains("created alice, role client").doesNotContain("secret-of");

        assertThat(shell.run("keys")).isZero();
        assertThat(shell.out().lines()).anyMatch(line -> line.matches("alice +client +authkey +in (29|30)d +[0-9]+d"));
        assertThat(shell.run("keys", "--revoke", "alice")).isZero();
        assertThat(shell.run("keys", "-q")).isZero();
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void topPrintsOneViewWithoutATerminal() throws IOException {
        master.submitted("square", Arguments.range(0, 4));

        assertThat(shell.run("top")).isZero();

        assertThat(shell.out())
                .contains("1 of 2 busy, 1 worker", "0 running, 1 queued", "host-7 (local)", "QUEUED", "square")
                .doesNotContain("\033");
        assertThat(shell.run("top", "--json")).isZero();
        assertThat(shell.out()).startsWith("{\"cluster\":{\"version\"");
    }

    @Test
    void topShowsTheWholeShareOfAJobAtTheWidthOfATerminal() throws IOException {
        Job job = master.submitted("square", Arguments.range(0, 4));
        try (Client client = new Client(master.url(), FakeMaster.KEY)) {
            client.await(job.id());
        }

        assertThat(shell.run("top")).isZero();
        assertThat(shell.out()).contains("100 % [##########]");
        shell.withScreen(false).run("top", "--times", "1");
        assertThat(shell.out()).contains("100 % [##########]");
        assertThat(shell.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void topRedrawsUntilAnInterruptAndRestoresTheTerminal() {
        CompletableFuture<Integer> top =
                CompletableFuture.supplyAsync(() -> shell.withScreen(true).run("top", "--interval", "1ms"));
        while (master.calls().stream().filter("GET /cluster"::equals).count() < 3) {
            assertThat(top).isNotDone();
            Thread.onSpinWait();
        }

        assertThat(shell.interrupt()).isTrue();

        assertThat(top.join()).isZero();
        assertThat(shell.out())
                .startsWith("\033[?1049h")
                .endsWith("\033[?1049l")
                .contains("\033[32mACTIVE");
    }

    @Test
    void topKeepsTheLastViewWhileTheMasterDoesNotAnswer() {
        CompletableFuture<Integer> top = CompletableFuture.supplyAsync(
                () -> shell.withScreen(false).run("top", "--interval", "1ms", "--times", "50"));
        while (master.calls().stream().filter("GET /cluster"::equals).count() < 2) {
            assertThat(top).isNotDone();
            Thread.onSpinWait();
        }
        master.close();

        assertThat(top.join()).isZero();
        assertThat(shell.out().substring(shell.out().lastIndexOf("\033[H"))).contains("no answer from", "host-7");
    }
}
