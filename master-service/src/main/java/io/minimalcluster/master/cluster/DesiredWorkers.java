package io.minimalcluster.master.cluster;

import java.util.List;
import java.util.OptionalDouble;

/** Computes the number of workers that would finish all waiting tasks in about half a minute, for autoscalers. */
final class DesiredWorkers {
    private static final double TARGET_NANOS = 30e9;
    private static final double DEFAULT_NANOS_PER_TASK = 10e6;
    private static final double MAX_WORKERS = 10_000;

    private DesiredWorkers() {}

    /**
     * Unfinished tasks of a function.
     *
     * @param nanosPerTask empty if not measured yet
     */
    record Waiting(long tasks, OptionalDouble nanosPerTask) {
        /** Required slots. A task uses at most one slot, whatever its duration. */
        double slots() {
            return Math.min(
                    (double) tasks, Math.ceil(tasks * nanosPerTask.orElse(DEFAULT_NANOS_PER_TASK) / TARGET_NANOS));
        }
    }

    static int of(List<Waiting> work, double slotsPerWorker) {
        double slots = work.stream().mapToDouble(Waiting::slots).sum();
        return (int) Math.min(MAX_WORKERS, Math.ceil(slots / Math.max(1, slotsPerWorker)));
    }
}
