package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.SingleCalls;
import java.time.Duration;

/** Kills a part of a cluster and measures the recovery time. */
public final class RecoveryMeasurement {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final Duration MARGIN = Duration.ofMinutes(1); // margin for a busy machine

    private final ClusterObserver observer;
    private final PollProbe probe;
    private final RecoveryTimes times;
    private final Duration lease;

    /**
     * A measurement.
     *
     * @param asClient calls with a client key
     * @param asWorker calls with a worker key
     * @param lease the lease duration of the master
     */
    public RecoveryMeasurement(SingleCalls asClient, SingleCalls asWorker, RecoveryTimes times, Duration lease) {
        this.observer = new ClusterObserver(asClient);
        this.probe = new PollProbe(asWorker);
        this.times = times;
        this.lease = lease;
    }

    public ClusterObserver observer() {
        return observer;
    }

    /** Kills and restarts the master, and measures the time until a poll is answered. */
    public void measureMaster(Runnable kill, Runnable start) {
        measure(kill, start, RecoveryInterval.MASTER_ANSWERS, RecoveryInterval.MASTER_STARTS);
    }

    /** Kills the database server, waits for its restart, and measures the time until a poll is answered. */
    public void measureServer(Runnable kill, Runnable start) {
        measure(kill, start, RecoveryInterval.SERVER_ANSWERS, RecoveryInterval.SERVER_STARTS);
    }

    private void measure(Runnable kill, Runnable start, RecoveryInterval whole, RecoveryInterval part) {
        long killed = System.nanoTime();
        kill.run();
        start.run();
        long started = System.nanoTime();
        if (probe.awaitAnswer(TIMEOUT)) {
            times.recordSince(whole, killed);
            times.recordSince(part, started);
        }
    }

    /**
     * Kills a worker and measures the time until the master reports the timeout and the task runs elsewhere.
     *
     * @param worker the id of the worker
     * @param task the path of a task that it runs
     */
    public void measureWorker(String worker, String task, Runnable kill) {
        long killed = System.nanoTime();
        kill.run();
        new WorkerLossProbe(observer, times, worker, task, killed)
                .watch(lease.multipliedBy(4).plus(MARGIN));
    }
}
