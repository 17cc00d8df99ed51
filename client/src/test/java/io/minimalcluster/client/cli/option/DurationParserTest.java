package io.minimalcluster.client.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationParserTest {
    @ParameterizedTest
    @CsvSource({"30,30", "0,0", "0.5,0.5", "500ms,0.5", "30s,30", "1.5s,1.5", "2m,120", "1h,3600", "7d,604800"})
    void durationsAreParsedWithAndWithoutAUnit(String text, double seconds) {
        assertThat(new DurationParser().convert(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "1e3", "1 s", "1y", "0x1p3", "NaN", "1d2h"})
    void invalidDurationIsRejected(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new DurationParser().convert(text))
                .withMessageContaining("30s");
    }
}
