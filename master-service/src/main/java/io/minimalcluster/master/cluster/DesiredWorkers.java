package io.minimalcluster.master.cluster;

import java.util.List;
import java.util.OptionalDouble;

/** How many workers it would take to have done in about half a minute what waits: what an autoscaler asks for. */
final class DesiredWorkers {
    private static final double NANOS = 30e9;
    private static final double UNKNOWN_NANOS = 10e6;
    private static final double MOST = 10_000;

    private DesiredWorkers() {}

    /**
     * Tasks of a function that are not over.
     *
     * @param nanosPerTask empty where nothing was measured yet
     */
    record Waiting(long tasks, OptionalDouble nanosPerTask) {
        /** A task fills one slot at most, however long it takes. */
        double slots() {
            return Math.min((double) tasks, Math.ceil(tasks * nanosPerTask.orElse(UNKNOWN_NANOS) / NANOS));
        }
    }

    static int of(List<Waiting> work, double slotsEach) {
        double slots = work.stream().mapToDouble(Waiting::slots).sum();
        return (int) Math.min(MOST, Math.ceil(slots / Math.max(1, slotsEach)));
    }
}
