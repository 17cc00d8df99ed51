package io.minimalcluster.task.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBytesTest {
    private static final String PLAIN = " !#[]^az~\u007f0123456789abcdefghijklm";

    @ParameterizedTest
    @ValueSource(chars = {'"', '\\', '\0', '\n', '\u001f', '\u0080', '\u00e9', '\u00ff'})
    void endsBeforeASpecialByteAtEachPosition(char special) {
        for (int i = 0; i < PLAIN.length(); i++) {
            byte[] text = (PLAIN.substring(0, i) + special + PLAIN.substring(i)).getBytes(ISO_8859_1);

            assertThat(PlainBytes.end(text, 0, text.length))
                    .as("position %d", i)
                    .isBetween(0, i);
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'"', '[', ']', '{', '}', 'e', 'n', '\u0080', '\u00ff'})
    void numbersEndBeforeAnotherByteAtEachPosition(char other) {
        String numbers = "-0.5,1 , 23456789012345,\n7+8";
        for (int i = 0; i < numbers.length(); i++) {
            byte[] text = (numbers.substring(0, i) + other + numbers.substring(i)).getBytes(ISO_8859_1);

            assertThat(PlainBytes.endOfNumbers(text, 0, text.length))
                    .as("position %d", i)
                    .isBetween(Math.max(0, i - Long.BYTES + 1), i);
        }
    }

    @Test
    void skipsEightPlainBytesAtATimeAndStopsAtTheEnd() {
        byte[] text = "abcdefghijklmnopqrstuvwxyz".getBytes(ISO_8859_1);

        assertThat(PlainBytes.end(text, 1, text.length)).isEqualTo(25);
        assertThat(PlainBytes.end(text, 1, 16)).isEqualTo(9);
        assertThat(PlainBytes.end(text, 20, text.length)).isEqualTo(20);
    }
}
