package io.minimalcluster.benchmarks.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RatioCheckTest {
    private static final int WARM_UPS = 2;
    private static final int PAIRS = 3;

    private final List<String> calls = new ArrayList<>();

    @Test
    void ratioIsTheBestOfTheClusterToTheMedianOfTheLoop() throws Exception {
        RatioVerdict verdict = check(2, workload(costs(9, 3, 8), costs(2, 1, 100)));

        assertThat(verdict.ratios()).containsExactly(1.5);
        assertThat(verdict.isWorse()).isFalse();
    }

    @Test
    void costsOfTheWarmUpDoNotCount() throws Exception {
        RatioVerdict verdict = check(2, workload(costs(2, 2, 2), costs(1, 1, 1)));

        assertThat(verdict.ratios()).containsExactly(2.0);
        assertThat(calls).hasSize(2 * (WARM_UPS + PAIRS)).startsWith("loop", "cluster", "loop");
    }

    @Test
    void ratioWithinTheLimitIsMeasuredOnce() throws Exception {
        assertThat(check(2, always(3.0)).ratios()).containsExactly(3.0);
    }

    @Test
    void ratioAboveTheLimitIsMeasuredAgain() throws Exception {
        RatioVerdict verdict = check(2, workload(costs(4, 4, 4, 1, 1, 2, 4, 4), costs(1)));

        assertThat(verdict.ratios()).containsExactly(4.0, 2.0);
        assertThat(verdict.isWorse()).isFalse();
    }

    @Test
    void workloadIsWorseIfEveryAttemptIsAboveTheLimit() throws Exception {
        RatioVerdict verdict = check(2, always(3.1));

        assertThat(verdict.ratios()).containsExactly(3.1, 3.1, 3.1);
        assertThat(verdict.isWorse()).isTrue();
        assertThat(verdict)
                .hasToString("work: CPU time of the cluster to that of the loop 3.10, 3.10, 3.10 in 3 attempts, "
                        + "limit 3.00, reference 2.00");
    }

    @Test
    void onlyWorkloadsAboveTheirLimitsAreMeasuredAgain() throws Exception {
        List<RatioVerdict> verdicts = new RatioCheck(reference(2))
                .check(List.of(
                        new RatioWorkload("work", () -> 9, () -> 1), new RatioWorkload("other", () -> 1, () -> 1)));

        assertThat(verdicts).extracting(RatioVerdict::workload).containsExactly("work", "other");
        assertThat(verdicts).extracting(verdict -> verdict.ratios().size()).containsExactly(3, 1);
        assertThat(ReferenceRatios.lines(verdicts)).isEqualToNormalizingNewlines("work=9.00\nother=1.00\n");
    }

    @Test
    void workloadNeedsARecordedRatio() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new RatioCheck(reference(2)).check(List.of(new RatioWorkload("unknown", () -> 1, () -> 1))))
                .withMessageContaining("unknown");
    }

    @Test
    void verdictNeedsAnAttempt() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RatioVerdict("work", List.of(), 1));
    }

    private RatioVerdict check(double reference, RatioWorkload workload) throws Exception {
        return new RatioCheck(reference(reference)).check(List.of(workload)).getFirst();
    }

    private static ReferenceRatios reference(double ratio) {
        Properties recorded = new Properties();
        recorded.setProperty("work", Double.toString(ratio));
        recorded.setProperty("other", Double.toString(ratio));
        return new ReferenceRatios(recorded);
    }

    private RatioWorkload always(double ratio) {
        return workload(costs(ratio), costs(1));
    }

    private RatioWorkload workload(RatioWorkload.Cost cluster, RatioWorkload.Cost loop) {
        return new RatioWorkload("work", called("cluster", cluster), called("loop", loop));
    }

    private RatioWorkload.Cost called(String side, RatioWorkload.Cost cost) {
        return () -> {
            calls.add(side);
            return cost.measure();
        };
    }

    /** Tiny costs for the warm-up, then the given ones, of which the last repeats. */
    private static RatioWorkload.Cost costs(double... costs) {
        int[] call = {0};
        return () -> {
            int at = call[0]++ - WARM_UPS;
            return at < 0 ? 1e-9 : costs[Math.min(at, costs.length - 1)];
        };
    }
}
