package io.minimalcluster.client.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<String> HEADS = List.of("JOB", "STATE", "DONE", "FUNCTION");
    private static final List<List<String>> ROWS = List.of(
            List.of("job-0123456789abcdefghijklmno", "RUNNING", "5/10", "a".repeat(70)),
            List.of("job-01234567zzzzzzzzzzzzzzzzz", "FAILED", "1,000/1,000", "half(long)\n\033[31m"));

    @Test
    void tableOfAFileIsWhole() {
        assertThat(new Table(Table.UNLIMITED, false).lines(HEADS, ROWS))
                .containsExactly(
                        "JOB                            STATE           DONE  FUNCTION",
                        "job-0123456789abcdefghijklmno  RUNNING         5/10  " + "a".repeat(70),
                        "job-01234567zzzzzzzzzzzzzzzzz  FAILED   1,000/1,000  half(long) \uFFFD[31m");
    }

    @Test
    void tableOfATerminalFitsItsWidth() {
        List<String> lines = new Table(80, false).lines(HEADS, ROWS);

        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines.get(1)).startsWith("job-012345678  RUNNING").endsWith("aaa…");
        assertThat(lines.get(2)).startsWith("job-01234567z  FAILED");
    }

    @Test
    void textIsCutBeforeProgressAndNumbers() {
        List<String> heads = List.of("STATE", "PROGRESS", "FAILED", "FUNCTION");
        List<List<String>> rows = List.of(List.of("SUCCEEDED", "100 % [##########]", "1,000,000,000", "hypotenuse"));

        assertThat(new Table(54, false).lines(heads, rows).getLast())
                .isEqualTo("SUCCEEDED  100 % [##########]  1,000,000,000  hypoten…");
        assertThat(new Table(48, false).lines(heads, rows).getLast())
                .isEqualTo("SUCCEEDED  100 % [####…  1,000,000,000  hypoten…");
    }

    @Test
    void statesAreColoured() {
        List<String> lines = new Table(80, true).lines(HEADS, ROWS);

        assertThat(lines.getFirst()).startsWith("\033[1mJOB");
        assertThat(lines.get(1)).contains("  \033[36mRUNNING\033[0m  ");
        assertThat(lines.get(2)).contains("  \033[31mFAILED \033[0m  ");
    }

    @Test
    void narrowTerminalKeepsEachColumn() {
        assertThat(new Table(10, false).lines(HEADS, ROWS).get(1)).contains("RUNNING", "5/10", "aaaaaaa…");
    }
}
