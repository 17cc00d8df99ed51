package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.SingleCalls;
import java.time.Duration;

/** Kills a part of a cluster, and measures how long it takes until things go on. */
public final class RecoveryMeasurement {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration BUSY = Duration.ofMinutes(1); // what a busy machine may take on top

    private final ClusterObserver observer;
    private final PollProbe probe;
    private final RecoveryTimes times;
    private final Duration lease;

    /** With calls of a client and calls of a worker; the lease is that of the master. */
    public RecoveryMeasurement(SingleCalls asClient, SingleCalls asWorker, RecoveryTimes times, Duration lease) {
        this.observer = new ClusterObserver(asClient);
        this.probe = new PollProbe(asWorker);
        this.times = times;
        this.lease = lease;
    }

    public ClusterObserver observer() {
        return observer;
    }

    /** Of a master, which is started again at once. */
    public void ofMaster(Runnable kill, Runnable start) {
        measure(kill, start, RecoveryInterval.MASTER_ANSWERS, RecoveryInterval.MASTER_STARTS);
    }

    /** Of a database server, which is started again at once and then waited for. */
    public void ofServer(Runnable kill, Runnable start) {
        measure(kill, start, RecoveryInterval.SERVER_ANSWERS, RecoveryInterval.SERVER_STARTS);
    }

    private void measure(Runnable kill, Runnable start, RecoveryInterval whole, RecoveryInterval part) {
        long killed = System.nanoTime();
        kill.run();
        start.run();
        long started = System.nanoTime();
        if (probe.isAnswered(LONGEST)) {
            times.takeSince(whole, killed);
            times.takeSince(part, started);
        }
    }

    /** Of a worker, by its id, that has this task, by its path; it is not started again. */
    public void ofWorker(String worker, String task, Runnable kill) {
        long killed = System.nanoTime();
        kill.run();
        new WorkerLossProbe(observer, times, worker, task, killed)
                .watch(lease.multipliedBy(4).plus(BUSY));
    }
}
