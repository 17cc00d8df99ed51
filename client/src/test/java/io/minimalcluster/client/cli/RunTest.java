package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.cli.option.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input, forms of output, and the log of {@code run}. */
class RunTest extends ShellTest {
    @Test
    void sourceOrArgumentsComeFromStandardInput() {
        assertThat(shell.withInput("a source").run("run", "-", "-f", "square", "--args", "[3]"))
                .isZero();
        assertThat(shell.out()).isEqualTo("9\n");
        assertThat(shell.withInput("2\n4\n").run("run", "Main.java", "-f", "square"))
                .isZero();
        assertThat(shell.out()).isEqualTo("4\n16\n");
        assertThat(shell.withInput("5\n").run("run", "Main.java", "-f", "square", "--lines", "-"))
                .isZero();
        assertThat(shell.out()).isEqualTo("25\n");
        assertThat(shell.withInput("[6,\n7]").run("run", "Main.java", "-f", "square", "--args-file", "-"))
                .isZero();
        assertThat(shell.out()).isEqualTo("36\n49\n");
        assertThat(shell.withInput("oops").run("run", "Main.java", "-f", "square", "--args-file", "-"))
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    @ParameterizedTest
    @CsvSource({"--lines,'2\n4\n'", "--args-file,'[2,4]'"})
    void pipeIsReadOnceAsStandardInputIs(String option, String text) throws Exception {
        assertThat(runWithPipe(text, "run", "Main.java", "-f", "square", option, "pipe"))
                .isZero();
        assertThat(shell.out()).isEqualTo("4\n16\n");

        assertThat(runWithPipe(text, "run", "Main.java", "-f", "square", option, "pipe", "--joblog", "log"))
                .isZero();
        assertThat(shell.out()).isEqualTo("4\n16\n");
        assertThat(Files.readString(folder.resolve("log"))).contains(" arguments=input ", "1\tSUCCEEDED\t16");

        assertThat(runWithPipe(text, "submit", "square", "--env", "last", option, "pipe"))
                .isZero();
        assertThat(shell.run("values", "last", "--wait")).isZero();
        assertThat(shell.out()).isEqualTo("4\n16\n");
    }

    private int runWithPipe(String text, String... command) throws Exception {
        Path pipe = pipe();
        CompletableFuture<Path> written = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.writeString(pipe, text, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int code = shell.run(command);
        written.orTimeout(1, TimeUnit.MINUTES).join();
        return code;
    }

    private Path pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        if (!Files.exists(pipe)) {
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
        }
        return pipe;
    }

    @Test
    void sourceFolderMayBeALink() throws IOException {
        Files.createDirectory(folder.resolve("real"));
        Files.move(folder.resolve("Main.java"), folder.resolve("real/Main.java"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real").toAbsolutePath());

        assertThat(shell.run("run", "link", "-f", "square", "--args", "[3]")).isZero();

        assertThat(shell.out()).isEqualTo("9\n");
    }

    @Test
    void missingArgumentsAreNotReadFromATerminal() {
        assertThat(shell.withScreen(false).run("run", "Main.java", "-f", "square"))
                .isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err()).contains("give the arguments with --args").hasLineCount(1);
    }

    @Test
    void valuesArePrintedAsCsvOrTable() {
        String[] run = {"run", "Main.java", "-f", "half", "--args", "[4,5]", "--format"};

        assertThat(shell.run(with(run, "csv"))).isEqualTo(ExitCode.JOB_FAILED);
        assertThat(shell.out()).isEqualTo("""
                index,value,error
                0,2,
                1,,"java.lang.ArithmeticException: odd, at Main.half(Main.java:3)"
                """.replace("\n", "\r\n"));
        shell.run(with(run, "table"));
        assertThat(shell.out()).isEqualTo("""
                INDEX  VALUE  ERROR
                    0      2
                    1         java.lang.ArithmeticException: odd, at Main.half(Main.java:3)
                """);
        assertThat(shell.run("values", "last", "--format", "table", "--arguments"))
                .isZero();
        assertThat(shell.out()).startsWith("INDEX  ARGUMENT  VALUE  ERROR\n    0         4      2");
    }

    @Test
    void recordsHaveAColumnForEachComponent() {
        shell.run("run", "Main.java", "-f", "pair", "--args", "[1,2]", "--format", "csv");
        assertThat(shell.out())
                .isEqualTo("index,name,x,error\r\n0,\"a \"\"1\"\", b\",1,\r\n1,\"a \"\"2\"\", b\",2,\r\n");

        shell.run("run", "Main.java", "-f", "pair", "--args", "[1,20]", "--format", "table");
        assertThat(shell.out().lines())
                .containsExactly("INDEX  NAME        X", "    0  a \"1\", b    1", "    1  a \"20\", b  20");
    }

    @Test
    void valuesAreWrittenToAFileThatAppearsWhenItIsComplete() throws IOException {
        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "0..3", "--output", "squares"))
                .isZero();

        assertThat(shell.out()).isEmpty();
        assertThat(Files.readString(folder.resolve("squares"))).isEqualTo("0\n1\n4\n");
        assertThat(shell.run("values", "last", "--map", "-o", "map")).isZero();
        assertThat(Files.readString(folder.resolve("map"))).startsWith("{\"0\":0");
        assertThat(shell.run("values", "job-9", "-o", "none")).isEqualTo(ExitCode.REFUSED);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("Main.java", "squares", "map");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linkStaysALinkToTheFileThatIsWritten(boolean exists) throws IOException {
        Path squares = Files.createDirectory(folder.resolve("results")).resolve("squares");
        if (exists) {
            Files.writeString(squares, "old");
        }
        Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("results/squares"));
        Path far = Files.createSymbolicLink(folder.resolve("far"), near.toAbsolutePath());

        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "0..3", "-o", "far"))
                .isZero();

        assertThat(List.of(near, far)).allMatch(Files::isSymbolicLink);
        assertThat(squares).isRegularFile().hasContent("0\n1\n4\n");
        try (var files = Files.list(squares.getParent())) {
            assertThat(files).containsExactly(squares);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none/squares", "full", "loop"})
    void fileThatCanNotBeWrittenIsReportedBeforeTheJobIsPosted(String file) throws IOException {
        Files.createDirectory(folder.resolve("full"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "0..3", "-o", file))
                .isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err()).contains("can't use ", file).hasLineCount(1);
        assertThat(master.calls()).doesNotContain("POST /jobs");
    }

    @Test
    void commandForTheValuesIsPrintedIfTheyCanNotBeWritten() throws IOException {
        master.holdJobs();
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(
                () -> shell.run("run", "Main.java", "-f", "square", "--range", "0..3", "-o", "squares"));
        while (!master.calls().contains("POST /jobs")) {
            assertThat(run).isNotDone();
            Thread.onSpinWait();
        }
        Files.createDirectories(folder.resolve("squares/full"));
        master.releaseJobs();

        assertThat(run.join()).isEqualTo(ExitCode.WRONG_USAGE);

        assertThat(shell.err()).contains("can't use ", "the values are at the master: ./minimalcluster values job-1\n");
        assertThat(folder.resolve("squares.part")).doesNotExist();
    }

    @Test
    void pipeIsWrittenDirectly() throws Exception {
        Path pipe = pipe();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "0..3", "-o", "pipe"))
                .isZero();

        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(read.join()).isEqualTo("0\n1\n4\n");
    }

    @Test
    void logHasALineForEachTask() throws IOException {
        String[] run = {"run", "Main.java", "-f", "half", "--args", "[4,5]", "--joblog", "log"};

        assertThat(shell.run(run)).isEqualTo(ExitCode.JOB_FAILED);

        List<String> lines = Files.readAllLines(folder.resolve("log"));
        assertThat(lines.getFirst())
                .matches("# minimalcluster job=job-1 environment=env-\\w+ arguments=sha256:\\w+ method=half");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "index\tstate\tresult",
                        "0\tSUCCEEDED\t2",
                        "1\tFAILED\tjava.lang.ArithmeticException: odd, at Main.half(Main.java:3)");
        assertThat(shell.run(run)).as("the log exists").isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("log exists: give --resume");
    }

    @Test
    void interruptedRunIsContinuedFromItsLog() throws IOException {
        String[] run = {"run", "Main.java", "-f", "square", "--range", "0..4", "--joblog", "log", "--resume"};
        master.holdJobs();
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> shell.withScreen(false).withInput("n\n").run(run));
        while (!shell.interrupt()) {
            assertThat(first).isNotDone();
            Thread.onSpinWait();
        }
        assertThat(first.join()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(shell.err()).contains("job-1 continues", "the same command with --resume");
        master.releaseJobs();
        Files.writeString(folder.resolve("log"), "0\tSUCCEEDED\t0\n1\tSUCC", StandardOpenOption.APPEND);

        assertThat(shell.run(run)).isZero();

        assertThat(shell.err()).contains("job-1 is continued");
        assertThat(shell.out()).isEqualTo("0\n1\n4\n9\n");
        assertThat(Files.readAllLines(folder.resolve("log")).stream().skip(2))
                .containsExactly("0\tSUCCEEDED\t0", "1\tSUCCEEDED\t1", "2\tSUCCEEDED\t4", "3\tSUCCEEDED\t9");
        assertThat(master.calls()).filteredOn("POST /jobs"::equals).hasSize(1);
    }

    @Test
    void cancelledRunIsRunAgain() {
        String[] run = {"run", "Main.java", "-f", "square", "--range", "0..4", "--joblog", "log", "--resume"};
        shell.run(run);
        master.cancelAll();

        assertThat(shell.run(run)).isZero();

        assertThat(shell.err()).contains("the others run again");
        assertThat(master.calls()).contains("POST /jobs/job-1/retry");
    }

    @Test
    void logOfOtherArgumentsIsRefused() {
        shell.run("run", "Main.java", "-f", "square", "--range", "0..4", "--joblog", "log");

        assertThat(shell.run("run", "Main.java", "-f", "square", "--range", "0..5", "--joblog", "log", "--resume"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(shell.err()).contains("the log is of another source, method or arguments (square in job-1)");
    }

    private static String[] with(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }
}
