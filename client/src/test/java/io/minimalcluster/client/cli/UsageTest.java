package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, and the messages of wrong commands. */
class UsageTest extends ShellTest {
    private static final Set<String> LAUNCHED = Arrays.stream(LauncherCommand.values())
            .map(command -> command.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "task last x|INDEX is a whole number, not 'x'",
                "logs last x|TASK is a whole number, not 'x'",
                "jobs --limit many|--limit is a whole number, not 'many'",
                "jobs --limit 99999999999|--limit is a whole number, and 99999999999 is too large",
                "jobs --state asleep|--state is one of queued, running, paused, succeeded, failed, cancelled,"
                        + " not 'asleep'",
                "completion tcsh|SHELL is one of bash, zsh, fish, not 'tcsh'",
                "jobs -l team|--label is KEY=VALUE, not 'team'",
                "down --timeout soon|--timeout: 'soon' is no time; one looks like 500ms, 30s, 2m, 1h or 7d",
                "run Main.java -f square --range 0-1|--range: '0-1' is no range; one looks like 0..1000",
                "run Main.java -f square --range 0..99999999999999999999"
                        + "|--range: '99999999999999999999' is too large a number for a range",
                "run Main.java -f square --args [1] --max-failures x"
                        + "|--max-failures is a whole number, or a share such as 10%, not 'x'",
                "run Main.java -f square --args [1|--args is not JSON: it ends too early, after [1",
                "run Main.java -f square --args [1,oops]|--args is not JSON from column 4 on: oops]",
                "run Main.java -f square --args {}|--args takes a JSON array, such as [1,2,3]"
            })
    void wrongValueNamesItsArgumentAndWhatItMustBe(String line, String message) {
        assertThat(shell.run(line.split(" "))).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err().lines().findFirst()).hasValue("minimalcluster: " + message);
    }

    @Test
    void placeInAFileOfArgumentsHasItsLine() {
        shell.withInput("[1,\n2,\n x]").run("run", "Main.java", "-f", "square", "--args-file", "-");

        assertThat(shell.err()).contains("--args-file - is not JSON from line 3, column 2 on: x]");
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

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasNoLineOfASingleWord(String command) {
        shell.run("help", command);

        assertThat(shell.out().lines().filter(line -> !line.equals("Example:")))
                .noneMatch(line -> line.matches("[^ ]+"))
                .noneMatch(line -> line.length() > 80 && !line.startsWith("  ./") && !line.startsWith("Usage"));
        if (LAUNCHED.contains(command)) {
            assertThat(List.of(Objects.requireNonNull(all().get(command))
                            .getCommandSpec()
                            .usageMessage()
                            .description()))
                    .as("lines that are not wrapped again")
                    .allMatch(line -> line.length() < 80);
        }
    }

    static Set<String> commands() {
        return all().keySet();
    }

    private static Map<String, CommandLine> all() {
        return CommandLineClient.commands(new TestShell(Path.of(""), Map.of()).context())
                .getSubcommands();
    }
}
