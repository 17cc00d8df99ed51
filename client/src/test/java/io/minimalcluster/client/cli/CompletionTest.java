package io.minimalcluster.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts of shells. */
class CompletionTest {
    @TempDir
    private Path folder = Path.of("");

    private TestShell shell = new TestShell(Path.of(""), Map.of());

    @BeforeEach
    void prepare() throws IOException {
        shell = new TestShell(folder, Map.of());
        Files.writeString(folder.resolve("Main.java"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "re|register results resume retry",
                "run --ran|--range",
                "run Ma|Main.java",
                "run Main.java --args-file Ma|Main.java",
                "jobs --state su|succeeded",
                "help comp|completion",
                "completion z|zsh",
                "--ver|--version",
                "job la|last",
                "logs job-a|job-abc",
                "keys --role o|observer",
                "demo --|"
            })
    void bashCompletes(String line, String expected) throws Exception {
        assertThat(shell.run("completion", "bash")).isZero();
        Files.writeString(folder.resolve("script"), shell.out());
        Path fake = Files.writeString(folder.resolve("minimalcluster"), "echo job-abc\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();

        String completed = bash("""
                . ./script
                COMP_WORDS=(./minimalcluster %s)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _minimalcluster
                echo ${COMPREPLY[@]}
                """.formatted(line));

        assertThat(completed.strip()).isEqualTo(expected == null ? "" : expected);
    }

    private String bash(String script) throws IOException {
        Process process = new ProcessBuilder(List.of("bash", "-u", "-c", script))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zsh", "fish"})
    void otherShellsGetDescriptionsToo(String name) {
        assertThat(shell.run("completion", name)).isZero();

        assertThat(shell.out()).contains("Wait until a job has ended", "jobs --quiet --limit 30", "observer");
    }

    @Test
    void zshOptionsAreQuoted() {
        shell.run("completion", "zsh");

        assertThat(shell.out()).contains("'--args[A JSON array, such as \\[1,2,3\\] or \\[\\[1,2\\],\\[3,4\\]\\]]: :'");
    }
}
