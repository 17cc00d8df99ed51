package io.minimalcluster.master.scheduling;

/**
 * What was measured of a function.
 *
 * @param measuredTasks how many tasks; 0 if nothing is known
 */
record TaskSpeed(double nanosPerTask, long measuredTasks) {
    /** Nothing is known. */
    static final TaskSpeed UNKNOWN = new TaskSpeed(0, 0);

    private static final double WEIGHT = 0.5;

    /** With a part of a batch measured too; lately measured counts most. */
    TaskSpeed with(long nanos, int tasks) {
        double perTask = (double) nanos / tasks;
        double mixed = measuredTasks == 0 ? perTask : nanosPerTask + WEIGHT * (perTask - nanosPerTask);
        return new TaskSpeed(mixed, measuredTasks + tasks);
    }
}
