package io.minimalcluster.master.result.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException.NotAcceptable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFormatsTest {
    @FunctionalInterface
    private interface Writing {
        void write(ByteArrayOutputStream out, byte[] text) throws IOException;
    }

    private static String written(String text, Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.write(out, text.getBytes(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {"1;\"1\"", "\"a,b\";\"\"\"a,b\"\"\"", "[\"é\"];\"[\"\"é\"\"]\"", "\";\"\"\"\""})
    void csvDoublesQuotes(String text, String expected) throws IOException {
        assertThat(written(text, (out, bytes) -> JsonTranscoder.asCsv(out, bytes, 0, bytes.length)))
                .isEqualTo(expected);
    }

    @Test
    void csvEscapesSpreadsheetFormulas() throws IOException {
        for (String formula : new String[] {"=1+1", "+1", "-1", "@x", "\tx", "\rx"}) {
            assertThat(written(formula, (out, _) -> JsonTranscoder.asCsvText(out, formula)))
                    .isEqualTo("\"'" + formula + "\"");
        }
        assertThat(written("a=1", (out, _) -> JsonTranscoder.asCsvText(out, "a=1")))
                .isEqualTo("\"a=1\"");
        assertThat(written("", (out, _) -> JsonTranscoder.asCsvText(out, ""))).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "1;\"1\"",
                "\"text \\\" \";\"text \\\" \"",
                "[1, \"a\\n\"];\"[1, \\\"a\\\\n\\\"]\"",
                "null;\"null\""
            })
    void argumentBecomesAMemberName(String argument, String expected) throws IOException {
        assertThat(written(argument, (out, bytes) -> JsonTranscoder.asName(out, bytes, 0, bytes.length)))
                .isEqualTo(expected);
    }

    @Test
    void multilineArgumentBecomesAMemberName() throws IOException {
        assertThat(written("[1,\n2]", (out, bytes) -> JsonTranscoder.asName(out, bytes, 0, bytes.length)))
                .isEqualTo("\"[1,\\u000a2]\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|LINES",
                "application/json|PAGE",
                "text/csv|CSV",
                "text/*|CSV",
                "application/x-ndjson, application/json|LINES",
                "application/json, */*|PAGE",
                "application/json;q=0.5, text/csv|CSV"
            })
    void acceptHeaderSelectsTheFormat(String accept, ResultFormat expected) {
        assertThat(ResultFormat.of(accept)).isEqualTo(expected);
    }

    @Test
    void otherFormatsAreNotAcceptable() {
        assertThatThrownBy(() -> ResultFormat.of("image/png")).isInstanceOf(NotAcceptable.class);
        assertThatThrownBy(() -> ResultFormat.of("nonsense;;")).isInstanceOf(NotAcceptable.class);
    }
}
