package io.minimalcluster.task.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scanning of text with one value per line. */
class JsonLinesTest {
    private static List<String> lines(String text) throws IOException {
        JsonScanner scanner = JsonScanner.of(new ByteArrayInputStream(text.getBytes(UTF_8)), 1000);
        List<String> lines = new ArrayList<>();
        while (scanner.nextLine()) {
            scanner.value();
            String value = new String(scanner.bytes(), scanner.start(), scanner.end() - scanner.start(), UTF_8);
            lines.add(scanner.line() + " " + value);
        }
        return lines;
    }

    @Test
    void linesEndWithLfOrCrLfOrTheText() throws IOException {
        assertThat(lines("1\n\"a\"\r\n[1, 2]\n{\"a\": {}}"))
                .containsExactly("1 1", "2 \"a\"", "3 [1, 2]", "4 {\"a\": {}}");
        assertThat(lines("1\n")).containsExactly("1 1");
        assertThat(lines("1\r\n")).containsExactly("1 1");
    }

    @Test
    void blankLinesAreSkipped() throws IOException {
        assertThat(lines("\n \n1\n\t\r\n\r\n  2  \n\n")).containsExactly("3 1", "6 2");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n\n \r\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1~2 3~4|2|3",
                "1~2,~3|2|2",
                "1~[2,~3]|2|4",
                "1~{\"a\":~1}|2|6",
                "1~~[1|3|3",
                "1~\"a|2|3",
                "1~tru~2|2|4",
                "1~-~2|2|2",
                "\uFEFF1|1|1",
                "1~]|2|1"
            })
    void invalidLineIsRejectedWithItsPosition(String text, long line, long column) {
        JsonSyntaxException refused =
                catchThrowableOfType(JsonSyntaxException.class, () -> lines(text.replace('~', '\n')));

        assertThat(refused.line()).as(refused.getMessage()).isEqualTo(line);
        assertThat(refused.column()).as(refused.getMessage()).isEqualTo(column);
    }
}
