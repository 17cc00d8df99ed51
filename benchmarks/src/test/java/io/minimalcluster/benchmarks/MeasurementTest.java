package io.minimalcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void measurementHasMedianAndBest() {
        Measurement odd = new Measurement("odd", "s", List.of(3.0, 1.0, 2.5), 2.0, 1.0);
        Measurement even = new Measurement("even", "s", List.of(4.0, 1.0, 2.0, 3.0), 2.5, 1.0);

        assertThat(odd.median()).isEqualTo(2.5);
        assertThat(odd.best()).isEqualTo(1.0);
        assertThat(odd.isWithinBar()).isFalse();
        assertThat(even.median()).isEqualTo(2.5);
        assertThat(even.isWithinBar()).isTrue();
    }

    @Test
    void measurementNeedsASample() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Measurement("none", "s", List.of(), 1, 1));
    }

    @Test
    void percentileIsASample() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList();

        assertThat(Sampler.percentile(hundred, 50)).isEqualTo(100.0);
        assertThat(Sampler.percentile(hundred, 99)).isEqualTo(198.0);
        assertThat(Sampler.percentile(List.of(7.0), 99)).isEqualTo(7.0);
    }

    @Test
    void onlyMeasurementsWithALimitHaveAVerdict() {
        String table = Measurement.table(List.of(
                new Measurement("one", "ms", List.of(2.0), 3, 2),
                new Measurement("other", "s", List.of(0.5), Double.NaN, Double.NaN)));

        assertThat(table.lines()).anyMatch(line -> line.matches("\\| one .*2\\.0 ms .*3\\.0 ms.*\\| yes \\|"));
        assertThat(table.lines()).anyMatch(line -> line.matches("\\| other .*0\\.500 s \\| +\\| +\\|  \\|"));
    }

    @Test
    void singleTasksHavePercentilesOfEachCompleteRound() {
        List<Double> seconds = IntStream.range(0, 500)
                .mapToObj(i -> i < SmallJobsBenchmark.SINGLES ? 0.001 : 0.002)
                .toList();

        List<Measurement> percentiles = SmallJobsBenchmark.single(seconds, Double.NaN);

        assertThat(percentiles).extracting(Measurement::samples).containsOnly(List.of(1.0, 2.0));
        assertThat(SmallJobsBenchmark.single(List.of(0.001, 0.002), Double.NaN))
                .extracting(Measurement::median)
                .containsExactly(1.0, 2.0);
    }

    @Test
    void invalidOptionsAreRejected() {
        assertThat(BenchmarkOptions.of("--quick", "--peers", "--json", "out.json"))
                .isEqualTo(new BenchmarkOptions(3, false, true, Path.of("out.json")));
        assertThat(BenchmarkOptions.of()).isEqualTo(new BenchmarkOptions(7, false, false, null));
        assertThat(BenchmarkOptions.of("--curves", "--quick")).isEqualTo(new BenchmarkOptions(3, true, false, null));
        assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.of("--slow"));
        assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.of("--json"));
        assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.of("--curves", "--peers"));
    }

    @Test
    void curveIsATable() {
        Curve curve = new Curve("cost", "tasks", "s");
        curve.add(10, 0.012345);
        curve.add(1_000_000, 1234.2);

        assertThat(curve).hasToString("""
                cost

                | tasks | s |
                | -: | -: |
                | 10 | 0.0123 |
                | 1000000 | 1234 |
                """);
    }
}
