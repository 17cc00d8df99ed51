package io.minimalcluster.benchmarks.ratio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures workloads in alternating pairs of cluster and loop. The ratio of an attempt is the best of the cluster to
 * the median of the loop. Attempts follow until the ratio is within its limit. Each begins with a warm-up, because a
 * job of another environment may have taken the executors.
 */
public final class RatioCheck {
    private static final int WARM_UPS = 2;
    private static final int PAIRS = 3;
    private static final int MAX_ATTEMPTS = 3;

    private final ReferenceRatios reference;

    public RatioCheck(ReferenceRatios reference) {
        this.reference = reference;
    }

    /** Checks workloads, in their order. */
    public List<RatioVerdict> check(List<RatioWorkload> workloads) throws Exception {
        List<RatioVerdict> verdicts = new ArrayList<>();
        for (RatioWorkload workload : workloads) {
            double recorded = reference.of(workload.name());
            verdicts.add(new RatioVerdict(workload.name(), List.of(attempt(workload)), recorded));
        }
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            for (int i = 0; i < workloads.size(); i++) {
                if (verdicts.get(i).isWorse()) {
                    verdicts.set(i, verdicts.get(i).with(attempt(workloads.get(i))));
                }
            }
        }
        return verdicts;
    }

    private static double attempt(RatioWorkload workload) throws Exception {
        for (int run = 0; run < WARM_UPS; run++) {
            workload.loop().measure();
            workload.cluster().measure();
        }
        List<Double> cluster = new ArrayList<>();
        List<Double> loop = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            loop.add(workload.loop().measure());
            cluster.add(workload.cluster().measure());
        }
        Collections.sort(loop);
        return Collections.min(cluster) / loop.get(PAIRS / 2);
    }
}
