package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minimalcluster.master.error.MasterException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitDurationTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "50s,50000", "0s,0"})
    void validDurationIsParsed(String text, long millis) {
        assertThat(WaitDuration.of(text).duration()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"51s", "50001ms", "1m", "2m", "1h", "999999999999h"})
    void durationIsCappedAtFiftySeconds(String text) {
        assertThat(WaitDuration.of(text).duration()).isEqualTo(Duration.ofSeconds(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1.5s", "1 s", "1S", "9999999999999s", "1e9"})
    void invalidDurationIsMalformed(String text) {
        assertThatExceptionOfType(MasterException.Malformed.class).isThrownBy(() -> WaitDuration.of(text));
    }

    @Test
    void defaultIsNoWait() {
        assertThat(WaitDuration.of(null).duration()).isZero();
    }
}
