package io.minimalcluster.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecoveryTimesTest {
    private final RecoveryTimes times = new RecoveryTimes();

    @Test
    void tableHasMinimumMedianAndMaximum() {
        Stream.of(3000, 1000, 9000, 2000)
                .map(Duration::ofMillis)
                .forEach(time -> times.add(RecoveryInterval.SILENT, time));

        assertThat(times.toString().lines().skip(1))
                .singleElement()
                .asString()
                .matches("worker killed until the master reports the timeout +4 +1.00 +2.50 +9.00");
    }

    @Test
    void unmeasuredIntervalIsOmitted() {
        assertThat(times).hasToString("");
        times.add(RecoveryInterval.MASTER_ANSWERS, Duration.ofSeconds(1));

        assertThat(times.toString()).contains("master killed").doesNotContain("PostgreSQL", "worker killed");
    }
}
