package io.minimalcluster.benchmarks;

import java.util.List;

/** Measures one thing on a cluster that is warm. */
@FunctionalInterface
interface Benchmark {
    /** Warms up, then measures so many times. */
    List<Measurement> measure(Workload work, int rounds) throws Exception;
}
