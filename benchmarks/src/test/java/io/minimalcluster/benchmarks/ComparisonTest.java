package io.minimalcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Measurement> HERE = List.of(
            new Measurement("one", "ms", List.of(2.0), 3, 2),
            new Measurement("other", "s", List.of(3.0), 3, 2),
            new Measurement("here only", "s", List.of(1.0), 3, 2));

    @Test
    void eachSystemHasItsMedianAndTheRatio() {
        SequencedMap<String, List<Measurement>> peers = new LinkedHashMap<>();
        peers.put("First", List.of(of("one", "ms", 4.0), of("other", "s", 1.5)));
        peers.put("Second", List.of(of("one", "ms", 1.0), of("other", "s", 60)));

        assertThat(new Comparison(HERE, peers).toString()).isEqualToNormalizingNewlines("""
                |           |        here |       First |     ratio |      Second |     ratio |
                |-----------|-:|-:|-:|-:|-:|
                | one       |      2.0 ms |      4.0 ms |      0.50 |      1.0 ms |      2.00 |
                | other     |     3.000 s |     1.500 s |      2.00 |    60.000 s |    0.0500 |
                """);
    }

    @Test
    void workloadThatASystemDidNotRunHasEmptyCells() {
        SequencedMap<String, List<Measurement>> peers = new LinkedHashMap<>();
        peers.put("First", List.of(of("one", "ms", 4.0)));
        peers.put("Second", List.of(of("other", "s", 1.5)));

        String table = new Comparison(HERE, peers).toString();

        assertThat(table.lines()).anyMatch(line -> line.matches("\\| one .* 4\\.0 ms .* 0\\.50 \\| +\\| +\\|"));
        assertThat(table.lines()).anyMatch(line -> line.matches("\\| other .* 3\\.000 s \\| +\\| +\\| .* 2\\.00 \\|"));
    }

    @Test
    void systemWithFewerRoundsIsNamed() {
        SequencedMap<String, List<Measurement>> peers = new LinkedHashMap<>();
        peers.put("First", List.of(of("other", "s", 1.5)));
        Measurement here = new Measurement("other", "s", List.of(3.0, 4.0, 5.0), 3, 2);

        assertThat(new Comparison(List.of(here), peers).toString().lines().toList())
                .hasSize(5)
                .endsWith("", "First took 1 rounds instead of 3: other");
    }

    @Test
    void workloadOfThisProjectAloneIsNotCompared() {
        SequencedMap<String, List<Measurement>> peers = new LinkedHashMap<>();
        peers.put("First", List.of(of("one", "ms", 4.0)));

        assertThat(new Comparison(HERE, peers).toString()).doesNotContain("here only");
    }

    private static Measurement of(String name, String unit, double sample) {
        return new Measurement(name, unit, List.of(sample), Double.NaN, Double.NaN);
    }
}
