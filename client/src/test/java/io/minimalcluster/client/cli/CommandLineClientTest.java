package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.client.cli.option.ExitCode;
import io.minimalcluster.model.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandLineClientTest extends ShellTest {
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
    void numbersArePrintedAsTheyAreWritten() {
        shell.run("run", "Main.java", "-f", "decimals", "--args", "[1]");

        assertThat(shell.out()).isEqualTo("[-0.0,1.0E308,0.10]\n");
    }

    @Test
    void firstErrorsNameTheCommandForTheOthers() {
        shell.run("run", "Main.java", "-f", "half", "--args", "[1,3,5,7,9]");

        assertThat(shell.err()).contains("task 2: ", "and 2 more: ./minimalcluster results job-1 --state failed");
        assertThat(shell.err()).doesNotContain("task 3: ");
    }

    @Test
    void followPrintsResultsToTheEndOfTheJob() throws IOException {
        Job posted = master.submitted("half", Arguments.range(0, 4));

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
        String job = master.submitted("square", Arguments.range(0, 4)).id().value();

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
    void jobsAreFilteredByLabel() {
        shell.run("run", "Main.java", "-f", "square", "--args", "[1]", "--label", "team=x", "--name", "nightly");
        shell.run("run", "Main.java", "-f", "square", "--args", "[1]", "--label", "team=y");

        assertThat(shell.run("jobs", "--label", "team=x")).isZero();
        assertThat(shell.out().lines().skip(1))
                .singleElement()
                .asString()
                .matches("job-1 +SUCCEEDED +1/1 +0 +square\\(long\\) +nightly +[0-9]+d");
        assertThat(shell.run("jobs", "-l", "team=y", "-q")).isZero();
        assertThat(shell.out().strip()).isEqualTo("job-2");
        assertThat(shell.run("jobs", "-l", "team")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void cancelPrintsTheCancelledJob() throws IOException {
        Job posted = master.submitted("square", Arguments.range(0, 4));

        assertThat(shell.run("cancel", posted.id().value(), "--json")).isZero();

        assertThat(shell.out()).contains("\"state\":\"CANCELLED\"");
    }

    @Test
    void workersAndEnvironmentsAreListed() {
        shell.run("load", "Main.java", "--name", "squares");

        assertThat(shell.run("workers")).isZero();
        assertThat(shell.out().lines())
                .anyMatch(line ->
                        line.matches("worker-1 +host-7 \\(local\\) +ACTIVE +1/2 +bubblewrap +12,345 +679/s +[0-9]+d"));
        assertThat(shell.run("environments")).isZero();
        assertThat(shell.out()).contains("squares", "square(long), half(long)");
        assertThat(shell.run("workers", "--json")).isZero();
        assertThat(shell.out()).startsWith("{\"items\":[{\"id\":\"worker-1\"");
        assertThat(shell.run("workers", "--quiet")).isZero();
        assertThat(shell.out().lines()).containsExactly("worker-1");
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

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
