package io.minimalcluster.model.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "4096, 4096, 4k",
        "0, 0, 0",
        "64MB, 67108864, 64m",
        "64MiB, 67108864, 64m",
        "' 64 m ', 67108864, 64m",
        "1536k, 1572864, 1536k",
        "1GiB, 1073741824, 1g",
        "2t, 2199023255552, 2t",
        "1000b, 1000, 1000"
    })
    void sizeIsParsedAndPrintedInItsLargestWholeUnit(String text, long bytes, String printed) {
        assertThat(ByteSize.valueOf(text)).isEqualTo(new ByteSize(bytes)).hasToString(printed);
        assertThat(ByteSize.valueOf(printed)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lots", "-1m", "1.5m", "1p", "m", "1 000"})
    void otherTextIsRejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.valueOf(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void sizesAreComparedByTheirBytes() {
        assertThat(ByteSize.valueOf("2k"))
                .isGreaterThan(ByteSize.valueOf("2047"))
                .isLessThan(ByteSize.ofMebibytes(1));
    }
}
