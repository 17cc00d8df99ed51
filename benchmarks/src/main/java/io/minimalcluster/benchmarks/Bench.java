package io.minimalcluster.benchmarks;

import java.util.List;

/** Measures one thing on a cluster that is warm. */
@FunctionalInterface
interface Bench {
    /** Warms up, then measures so many times. */
    List<Figure> measure(Work work, int rounds) throws Exception;
}
