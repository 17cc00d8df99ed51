package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and the messages of wrong commands. */
class UsageTest extends ShellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "run",
                "run - -f square",
                "run - -f square --lines -",
                "run Main.java -f square --range 0..5 --resume",
                "run Main.java -f square --range 0..5 --joblog Main.java",
                "run Main.java -f square --range 0..5 --joblog Main.java --resume",
                "run Main.java -f square --range 0..5 --follow --output values",
                "run Main.java -f square --range 0..5 --format xml",
                "run Main.java -f square --lines none",
                "submit square --lines args.ndjson --range 0..3",
                "run Main.java --args [1]",
                "run Main.java -f square --args [1] --range 0..1",
                "run Main.java -f square --range 0-1",
                "run Main.java -f square --range 0..99999999999999999999",
                "run Main.java -f square --range 5..0",
                "run Main.java -f square --range 0..5 --task-timeout 30y",
                "run Main.java -f square --range 0..5 --deadline soon",
                "help frobnicate",
                "demo",
                "run Main.java -f square --args [1",
                "run Main.java -f square --args 1",
                "run Main.java -f square --args-file gone.json",
                "run Gone.java -f square --args [1]",
                "load",
                "load Gone.java",
                "load Main.java Main.java",
                "register env-1",
                "jobs --state asleep",
                "jobs --limit many",
                "jobs --url nonsense",
                "jobs --key-file gone",
                "up --workers -1",
                "up --workers many",
                "up --port 65536",
                "up worker",
                "down --timeout -1",
                "status all",
                "values",
                "job job-1 job-2",
                "task job-1",
                "task job-1 first",
                "wait",
                "logs",
                "logs job-1 x",
                "delete",
                "drain",
                "keys --create alice",
                "keys --role client",
                "keys --create alice --role king",
                "keys --create alice --revoke bob --role client",
                "keys --expires 3d",
                "top --interval 0",
                "top --times 0",
                "completion",
                "completion tcsh"
            })
    void usageErrorsHaveAtMostTwoLines(String line) {
        assertThat(shell.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err().lines().count()).isBetween(1L, 2L);
        assertThat(master.calls()).doesNotContain("POST /jobs");
    }

    @Test
    void helpAndVersionNeedNoMaster() {
        master.close();

        assertThat(shell.run("run", "--help")).isZero();

        assertThat(shell.out()).contains("--args-file=FILE", "--range=A..B", "--url", "--json", "N|N%  ");
        assertThat(shell.run("help", "run")).isZero();
        assertThat(shell.out()).contains("--args-file=FILE");
        assertThat(shell.run("--help")).isZero();
        assertThat(shell.out()).contains("--url=URL", "--key-file=FILE", "--data=FOLDER");
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.out()).startsWith("minimalcluster ");
    }

    @ParameterizedTest
    @CsvSource({
        "stats,status",
        "cancle,cancel",
        "env,environments",
        "dmeo,demo",
        "jb,job",
        "help halp,help",
        "jobs --stat x,--state"
    })
    void similarNamesAreSuggested(String line, String meant) {
        assertThat(shell.run(line.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err()).contains("did you mean").containsPattern(" " + meant + "\\b");
    }

    @Test
    void unknownCommandWithoutSimilarNamesHasNoSuggestion() {
        assertThat(shell.run("frobnicate")).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err()).isEqualTo("""
                minimalcluster: there is no command frobnicate
                see ./minimalcluster help
                """.replace("\n", System.lineSeparator()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasAnExampleAndIsListedInTheLauncherHelp(String command) throws IOException {
        assertThat(shell.run("help", command)).isZero();

        assertThat(shell.out()).containsPattern("(?m)^Example:\\R  \\./minimalcluster " + command + "\\b");
        assertThat(Files.readString(Path.of("..", "minimalcluster")))
                .containsPattern("(?m)^  (.*, )?" + command + "\\b.*");
    }

    static Set<String> commands() {
        return CommandLineClient.commands(new TestShell(Path.of(""), Map.of()).context())
                .getSubcommands()
                .keySet();
    }
}
