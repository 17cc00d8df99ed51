package io.minimalcluster.benchmarks;

import java.util.List;

/** A benchmark on a running cluster. */
@FunctionalInterface
interface Benchmark {
    /** Warms up and then takes {@code rounds} measurements. */
    List<Measurement> measure(Workload work, int rounds) throws Exception;
}
