package io.minimalcluster.master.http.direct;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonPiecesTest {
    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @Test
    void piecesAreJoined() {
        JsonPieces inner = new JsonPieces();
        inner.add(ascii("1,2,3"), 2, 3);
        JsonPieces json = new JsonPieces();
        json.add("[");
        json.addAll(inner);
        json.add(ascii("]"));

        assertThat(json.toBytes()).isEqualTo(ascii("[2,3]"));
        assertThat(json.length()).isEqualTo(5);
    }

    /** Many small parts of large arrays must not retain the arrays. */
    @Test
    void partOfAnArrayIsCopied() {
        byte[] source = ascii("1,2,3");
        JsonPieces json = new JsonPieces();
        json.add(source, 2, 3);

        source[2] = 'x';

        assertThat(json.toBytes()).isEqualTo(ascii("2,3"));
    }
}
