package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.FakeMaster;
import io.minimalcluster.client.NewJob;
import io.minimalcluster.client.cli.command.InterruptibleWait;
import io.minimalcluster.client.cli.command.InterruptibleWait.Limits;
import io.minimalcluster.client.cli.option.CliContext;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.client.cli.output.Output;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineClientTest {
    private final FakeMaster master = new FakeMaster();

    @TempDir
    private Path folder = Path.of("");

    private TestShell shell = new TestShell(Path.of(""), Map.of());

    @BeforeEach
    void prepare() throws IOException {
        shell = TestShell.at(master, folder);
        Files.writeString(folder.resolve("Main.java"), "long square(long x) { return x * x; }");
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void loadPrintsTheIdAndTheFunctions() {
        assertThat(shell.run("load", "Main.java")).isZero();

        assertThat(shell.out()).matches("env-[0-9a-f]+\\R");
        assertThat(shell.err()).contains("long square(long)");
    }

    @Test
    void loadReadsAFolderWithRelativePaths() throws IOException {
        Files.createDirectories(folder.resolve("src/com/acme"));
        Files.writeString(folder.resolve("src/com/acme/Pi.java"), "squre");

        assertThat(shell.run("load", "src")).isEqualTo(ExitCode.REFUSED);

        assertThat(shell.err()).contains("com/acme/Pi.java:1:1: error: cannot find symbol");
    }

    @Test
    void diagnosticsArePrintedAsByJavac() throws IOException {
        Files.writeString(folder.resolve("Main.java"), "long f(long x) {\n\treturn squre(x);\n}\n");

        assertThat(shell.run("load", "Main.java")).isEqualTo(ExitCode.REFUSED);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).isEqualTo("""
                Main.java:2:9: error: cannot find symbol
                \treturn squre(x);
                \t       ^
                  symbol: method squre
                1 error
                """);
    }

    @Test
    void registerNamesAMethodOfAnEnvironment() {
        shell.run("load", "Main.java");
        String environment = shell.out().strip();

        assertThat(shell.run("register", environment, "square", "--name", "quadrat"))
                .isZero();
        assertThat(shell.out()).isEqualTo("quadrat" + System.lineSeparator());

        assertThat(shell.run("functions")).isZero();
        assertThat(shell.out().lines()).anyMatch(line -> line.matches("quadrat +square\\(long\\) +long +env-.*"));
    }

    @Test
    void runPrintsTheReducedValue() {
        String[] reduced = {"run", "Main.java", "-f", "square", "--args", "[1,2,3]", "--reduce", "sum"};
        assertThat(shell.run(reduced)).isZero();
        assertThat(shell.out()).isEqualTo("14" + System.lineSeparator());
        assertThat(shell.run(with(reduced, "--json"))).isZero();
        assertThat(shell.out())
                .contains("\"reduced\":14")
                .doesNotContain("\"values\"")
                .endsWith("}\n");
        assertThat(shell.run(with(reduced, "--values"))).isZero();
        assertThat(shell.out().lines()).containsExactly("1", "4", "9", "14");
        assertThat(shell.run(with(reduced, "--values", "--json"))).isZero();
        assertThat(shell.out()).contains("\"reduced\":14").endsWith(",\"values\":[1,4,9]}\n");
        assertThat(shell.run(with(reduced, "--follow"))).isZero();
        assertThat(shell.out().lines()).containsExactly("0\t1", "1\t4", "2\t9", "14");
    }

    @Test
    void submitReadsLinesFromAFileOrStandardInput() throws IOException {
        shell.run("load", "Main.java");
        String environment = shell.out().strip();
        Files.writeString(folder.resolve("args.ndjson"), "1\n2\n");

        assertThat(shell.run("submit", "square", "--env", environment, "--lines", "args.ndjson", "--priority", "7"))
                .isZero();
        assertThat(shell.out()).isEqualTo("job-1" + System.lineSeparator());
        assertThat(shell.withInput("3\n").run("submit", "square", "--env", environment))
                .isZero();
        assertThat(shell.out()).isEqualTo("job-2" + System.lineSeparator());
        assertThat(shell.run("submit", "square", "--env", environment, "--args", "[1]", "--retry-on", "a.B,c.D"))
                .isZero();
        assertThat(shell.run("job", "job-2")).isZero();

        assertThat(shell.run("submit", "square", "--env", environment, "--lines", "none"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.run("submit", "square", "--lines", "args.ndjson", "--range", "0..3"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.run("submit", "nowhere", "--args", "[1]")).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void runPrintsAValueALine() {
        assertThat(shell.run("run", "Main.java", "-f", "square", "--args", "[1,2,3]"))
                .isZero();

        assertThat(shell.out()).isEqualTo("1\n4\n9\n");
        assertThat(shell.err()).contains("job-1 SUCCEEDED: 3 tasks in 2.0 s, 1.5/s");
    }

    @Test
    void runAcceptsARange() {
        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "-1..2"))
                .isZero();

        assertThat(shell.out()).isEqualTo("1\n0\n1\n");
    }

    @Test
    void runReadsArgumentsFromAFile() throws IOException {
        Files.writeString(folder.resolve("args.json"), "[7]");

        assertThat(shell.run("run", "Main.java", "-f", "square", "--args-file", "args.json"))
                .isZero();

        assertThat(shell.out()).isEqualTo("49\n");
    }

    @Test
    void runWithoutTasksPrintsNothing() {
        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "0..0"))
                .isZero();

        assertThat(shell.out()).isEmpty();
    }

    @Test
    void runFollowsResultsWithTheirIndexes() {
        assertThat(shell.run("run", "Main.java", "-f", "square", "--args", "[2,3]", "--follow"))
                .isZero();

        assertThat(shell.out().lines()).containsExactly("0\t4", "1\t9");
    }

    @Test
    void runPrintsJobAndValuesAsJson() {
        assertThat(shell.run("run", "Main.java", "-f", "square", "--args", "[2]", "--json"))
                .isZero();

        assertThat(shell.out()).startsWith("{\"job\":{\"id\":\"job-1\"").endsWith(",\"values\":[4]}\n");
    }

    @Test
    void runExitsWithOneAfterAFailedTask() {
        assertThat(shell.run("run", "Main.java", "-f", "half", "--range", "0..6"))
                .isEqualTo(ExitCode.JOB_FAILED);

        assertThat(shell.out()).isEqualTo("0\nnull\n1\nnull\n2\nnull\n");
        assertThat(shell.err())
                .contains("job-1 FAILED: 6 tasks, 3 failed")
                .contains("task 1: java.lang.ArithmeticException: odd, at Main.half(Main.java:3)");
    }

    @Test
    void runDrawsABarOnATerminal() {
        shell.withTerminal().run("run", "Main.java", "-f", "square", "--range", "0..1000");

        assertThat(shell.err())
                .contains("[###############···············]  50 %  500 of 1,000  250/s  2.0 s left")
                .contains("\r\033[Kjob-1 SUCCEEDED");
    }

    @Test
    void runPrintsProgressLinesWithoutATerminal() {
        shell.run("run", "Main.java", "-f", "square", "--range", "0..1000");

        assertThat(shell.err()).doesNotContain("\r", "\033").contains(" 50 %  500 of 1,000  250/s  2.0 s left");
    }

    @Test
    void valuesResultsAndJobArePrinted() {
        shell.run("run", "Main.java", "-f", "half", "--args", "[4,5]");

        assertThat(shell.run("values", "job-1")).isZero();
        assertThat(shell.out()).isEqualTo("2\nnull\n");
        assertThat(shell.run("values", "job-1", "--json")).isZero();
        assertThat(shell.out()).isEqualTo("[2,null]" + System.lineSeparator());
        assertThat(shell.run("results", "job-1")).isZero();
        assertThat(shell.out().lines())
                .containsExactly("0\t2", "1\tERROR java.lang.ArithmeticException: odd, at Main.half(Main.java:3)");
        assertThat(shell.run("results", "job-1", "--json")).isZero();
        assertThat(shell.out()).startsWith("{\"index\":0,\"value\":2}");
        assertThat(shell.run("job", "job-1")).isZero();
        assertThat(shell.out()).contains("job-1 FAILED: 2 tasks, 1 failed");
    }

    @Test
    void followPrintsResultsToTheEndOfTheJob() throws IOException {
        Job posted = submitted("half", Arguments.range(0, 4));

        assertThat(shell.run("follow", posted.id().value(), "--after", "1")).isEqualTo(ExitCode.JOB_FAILED);

        assertThat(shell.out().lines())
                .containsExactly(
                        "1\tERROR java.lang.ArithmeticException: odd, at Main.half(Main.java:3)",
                        "2\t1",
                        "3\tERROR java.lang.ArithmeticException: odd, at Main.half(Main.java:3)");
        assertThat(shell.err()).contains("FAILED: 4 tasks, 2 failed");
    }

    @Test
    void jobIsPausedExplainedResumedAndRetried() throws IOException {
        String job = submitted("square", Arguments.range(0, 4)).id().value();

        assertThat(shell.run("pause", job)).isZero();
        assertThat(shell.out()).contains(job + " PAUSED");
        assertThat(shell.run("explain", job)).isZero();
        assertThat(shell.out())
                .contains(
                        "waits for a free slot: all 4 are taken", "1 of them fit", "job-0, priority 9", "2 more jobs");
        assertThat(shell.run("explain", job, "--json")).isZero();
        assertThat(shell.out()).contains("\"cause\":\"behind-others\"");
        assertThat(shell.run("resume", job)).isZero();
        assertThat(shell.run("retry", job)).isEqualTo(ExitCode.REFUSED);
        assertThat(shell.run("cancel", job)).isZero();
        assertThat(shell.run("retry", job)).isZero();
        assertThat(shell.out()).contains(job + " QUEUED");
    }

    @Test
    void resultsHonourTheirOptions() {
        shell.run("run", "Main.java", "-f", "half", "--args", "[4,5]");

        assertThat(shell.run("results", "job-1", "--state", "failed", "--order", "completion"))
                .isZero();
        assertThat(shell.out()).startsWith("1\tERROR ");
        assertThat(shell.run("results", "job-1", "--csv", "--arguments")).isZero();
        assertThat(shell.out()).isEqualTo("index,state,value\r\n0,succeeded,\"1\"\r\n");
        assertThat(shell.run("values", "job-1", "--map")).isZero();
        assertThat(shell.out().strip()).isEqualTo("{\"4\":2,\"5\":null}");
        assertThat(shell.run("results", "job-1", "--state", "lost")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void jobsAreFilteredByState() {
        shell.run("run", "Main.java", "-f", "square", "--args", "[1]");
        shell.run("run", "Main.java", "-f", "half", "--args", "[1]");

        assertThat(shell.run("jobs", "--state", "failed")).isZero();
        assertThat(shell.out()).contains("job-2").doesNotContain("job-1");
        assertThat(shell.run("jobs", "--limit", "1")).isZero();
        assertThat(shell.out()).contains("job-2").doesNotContain("job-1");
        assertThat(shell.err()).contains("more with --after cursor-1");
    }

    @Test
    void cancelPrintsTheCancelledJob() throws IOException {
        Job posted = submitted("square", Arguments.range(0, 4));

        assertThat(shell.run("cancel", posted.id().value(), "--json")).isZero();

        assertThat(shell.out()).contains("\"state\":\"CANCELLED\"");
    }

    @Test
    void workersAndEnvironmentsAreListed() {
        shell.run("load", "Main.java", "--name", "squares");

        assertThat(shell.run("workers")).isZero();
        assertThat(shell.out().lines())
                .anyMatch(line ->
                        line.matches("worker-1 +host-7 \\(local\\) +ACTIVE +1/2 +bubblewrap +7 +12,345 +679/s"));
        assertThat(shell.run("environments")).isZero();
        assertThat(shell.out()).contains("squares", "square(long), half(long)");
        assertThat(shell.run("workers", "--json")).isZero();
        assertThat(shell.out()).startsWith("{\"items\":[{\"id\":\"worker-1\"");
    }

    @Test
    void problemListsCandidates() {
        assertThat(shell.run("run", "Main.java", "-f", "cube", "--args", "[1]")).isEqualTo(ExitCode.REFUSED);

        assertThat(shell.err()).isEqualTo("""
                minimalcluster: no function cube
                there is: square(long), half(long)
                """.replace("\n", System.lineSeparator()));
    }

    @Test
    void problemPrintsExtensionMembers() {
        shell.run("load", "Main.java");
        shell.run("values", "job-9");
        assertThat(shell.err()).isEqualTo("minimalcluster: no job job-9" + System.lineSeparator());

        shell.run("run", "Main.java", "-f", "square", "--args", "[1,2]");
        shell.run("cancel", "job-1");
        assertThat(shell.err())
                .isEqualTo("minimalcluster: the job has ended (state SUCCEEDED)" + System.lineSeparator());
    }

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "run",
                "run Main.java -f square",
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
                "job job-1 job-2"
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
        submitted("square", Arguments.range(0, 1));
        master.callerIs("alice");
        submitted("square", Arguments.range(0, 1));

        assertThat(shell.run("cancel", "last")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("several owners (alice, authkey)");
        assertThat(shell.run("jobs", "--json")).isZero();
        assertThat(shell.out()).doesNotContain("CANCELLED");
    }

    @Test
    void firstInterruptEndsTheCommandButNotTheJob() {
        master.holdJobs();
        CompletableFuture<Integer> run =
                started(shell.withTerminal(), "run", "Main.java", "-f", "square", "--args", "[1]");

        interruptAfter(2, run); // the first response has been shown then

        assertThat(run.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(shell.err())
                .containsPattern("0 of 1.*\\R+job-1 goes on")
                .contains("./minimalcluster follow job-1", "./minimalcluster cancel job-1")
                .doesNotContain("CANCELLED");
        assertThat(shell.out()).isEmpty();
        assertThat(master.calls()).doesNotContain("POST /jobs/job-1/cancel");
    }

    @Test
    void secondInterruptCancelsTheJob() throws IOException {
        master.holdJobs();
        submitted("square", Arguments.range(0, 4));
        CompletableFuture<Integer> follow =
                started(shell, "follow", "last", "--url", master.url().toString());

        interruptAfter(1, follow);
        shell.interrupt();

        assertThat(follow.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(shell.err())
                .contains("./minimalcluster cancel job-1 --url " + master.url())
                .contains("job-1 CANCELLED: 4 tasks");
    }

    @Test
    void unresponsiveMasterDoesNotBlockAnInterruptedCommand() throws IOException {
        master.holdJobs();
        master.ignoreCancel();
        Job job = submitted("square", Arguments.range(0, 4));
        CliContext context = shell.context();
        try (Client client = new Client(master.url(), FakeMaster.KEY)) {
            InterruptibleWait wait = new InterruptibleWait(
                    context,
                    new Output(context),
                    client,
                    job.id(),
                    "",
                    new Limits(Duration.ofMinutes(1), Duration.ofMillis(1)));
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

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private Job submitted(String method, Arguments arguments) throws IOException {
        try (Client client = new Client(master.url(), FakeMaster.KEY)) {
            return client.submit(NewJob.of(client.load("Main.java", "source").id(), method, arguments));
        }
    }
}
