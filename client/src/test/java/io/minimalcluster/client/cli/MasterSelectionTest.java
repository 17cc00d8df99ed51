package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.FakeMaster;
import io.minimalcluster.client.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Choice of the master and its key. */
class MasterSelectionTest extends ShellTest {
    @Test
    void wrongKeyIsReported() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "wrong\n");

        assertThat(shell.run("jobs", "--key-file", key.toString())).isEqualTo(ExitCode.REFUSED);

        assertThat(shell.err()).contains("the key is missing or wrong");
    }

    @Test
    void unreachableMasterIsReported() {
        master.close();

        assertThat(shell.run("jobs")).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(shell.err()).contains("no answer from " + master.url() + ": nothing listens there");
    }

    @Test
    void masterOfTheWorkingDirectoryIsFound() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/master.url"), master.url() + "\n");
        Files.writeString(folder.resolve("data/authkey"), FakeMaster.KEY.secret() + "\n");
        TestShell bare = new TestShell(folder, Map.of());

        assertThat(bare.run("workers")).isZero();
        assertThat(bare.out()).contains("worker-1");
    }

    @Test
    void keyOfTheFolderIsNotSentToAnotherMaster() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/authkey"), FakeMaster.KEY.secret());
        TestShell bare = new TestShell(folder, Map.of());

        assertThat(bare.run("workers", "--url", master.url().toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(bare.err()).contains("MINIMALCLUSTER_AUTHKEY", "--key-file");
        assertThat(master.calls()).isEmpty();
    }

    @Test
    void backgroundClusterIsFound() throws IOException {
        Path cluster = folder.resolve("home/.minimalcluster");
        Path data = Files.createDirectories(cluster.resolve("data"));
        Files.writeString(data.resolve("master.url"), master.url() + "\n");
        Files.writeString(data.resolve("authkey"), FakeMaster.KEY.secret() + "\n");
        TestShell bare =
                new TestShell(folder, Map.of("HOME", folder.resolve("home").toString()));

        assertThat(bare.run("workers")).isZero();
        assertThat(bare.out()).contains("worker-1");
        assertThat(new TestShell(folder, Map.of("MINIMALCLUSTER_URL", "http://127.0.0.1:1"))
                        .run("workers", "--data", cluster.toString()))
                .isZero();
    }

    @Test
    void statusAndDownReportAMissingCluster() {
        TestShell bare = new TestShell(folder, Map.of("HOME", folder.toString()));

        assertThat(bare.run("status")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(bare.out()).contains("Nothing runs in", "./minimalcluster up");
        assertThat(bare.run("status", "--json")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(bare.out()).contains("\"url\":null", "\"processes\":[]");
        assertThat(bare.run("down")).isZero();
        assertThat(bare.out()).contains("Nothing ran in");
        assertThat(folder.resolve(".minimalcluster")).doesNotExist();
    }

    @Test
    void missingMasterIsAUsageError() {
        assertThat(new TestShell(folder, Map.of()).run("jobs")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void statusShowsTheSelectedMaster() {
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out())
                .contains(master.url().toString(), "1 active", "0 running")
                .doesNotContain("folder");
        assertThat(shell.run("status", "--json")).isZero();
        assertThat(shell.out()).contains("\"url\":\"" + master.url(), "\"data\":null", "\"processes\":[]");
        assertThat(shell.run("status", "--data", folder.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(shell.out()).contains("Nothing runs in " + folder);

        master.close();
        assertThat(shell.run("status")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(shell.err()).contains("no answer from " + master.url());
    }

    @Test
    void statusShowsTheMasterOfTheWorkingDirectoryWithoutABackgroundCluster() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/master.url"), master.url() + "\n");
        Files.writeString(folder.resolve("data/authkey"), FakeMaster.KEY.secret() + "\n");

        TestShell bare = new TestShell(folder, Map.of("HOME", folder.toString()));
        assertThat(bare.run("status")).isZero();
        assertThat(bare.out()).contains(master.url().toString());
    }
}
