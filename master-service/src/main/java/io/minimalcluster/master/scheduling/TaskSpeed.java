package io.minimalcluster.master.scheduling;

/**
 * Measured speed of a function.
 *
 * @param measuredTasks number of measured tasks; 0 if nothing is known
 */
record TaskSpeed(double nanosPerTask, long measuredTasks) {
    /** The speed of a function without measurements. */
    static final TaskSpeed UNKNOWN = new TaskSpeed(0, 0);

    private static final double WEIGHT = 0.5;

    /** Adds a measurement. Recent measurements have the most weight (exponential moving average). */
    TaskSpeed with(long nanos, int tasks) {
        double perTask = (double) nanos / tasks;
        double mixed = measuredTasks == 0 ? perTask : nanosPerTask + WEIGHT * (perTask - nanosPerTask);
        return new TaskSpeed(mixed, measuredTasks + tasks);
    }
}
