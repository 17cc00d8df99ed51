package io.minimalcluster.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MicroMeasurementTest {
    @Test
    void measurementHasMedianAndSpread() {
        MicroMeasurement odd = new MicroMeasurement("odd", List.of(90.0, 100.0, 120.0), List.of(2e6, 1e6, 4e6));
        MicroMeasurement even = new MicroMeasurement("even", List.of(100.0, 300.0), List.of(1e6, 3e6));

        assertThat(odd.micros()).isEqualTo(10_000);
        assertThat(odd.spread()).isEqualTo(30);
        assertThat(odd.megabytesPerSecond()).isEqualTo(2);
        assertThat(even.micros()).isEqualTo(5_000);
        assertThat(even.spread()).isEqualTo(100);
    }

    @Test
    void measurementNeedsAnIteration() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MicroMeasurement("none", List.of(), List.of()));
    }

    @Test
    void tableHasARowForEachMeasurement() {
        String table = MicroMeasurement.table(List.of(
                new MicroMeasurement("one", List.of(2000.0), List.of(1.5e9)),
                new MicroMeasurement("other", List.of(2.0, 3.0), List.of(1e6, 1e6))));

        assertThat(table.lines()).hasSize(4);
        assertThat(table.lines()).anyMatch(line -> line.matches("\\| one +\\| +500\\.0 µs \\| +0 % \\| +1,500 \\|"));
        assertThat(table.lines()).anyMatch(line -> line.matches("\\| other +\\| +400,000\\.0 µs \\| +40 % \\| +1 \\|"));
    }
}
