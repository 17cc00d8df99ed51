package io.minimalcluster.chaos.recovery;

import io.minimalcluster.chaos.load.Calls;
import java.time.Duration;

/** Kills a part of a cluster, and measures how long it takes until things go on. */
public final class Recovery {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration BUSY = Duration.ofMinutes(1); // what a busy machine may take on top

    private final Sight sight;
    private final PollProbe probe;
    private final Times times;
    private final Duration lease;

    /** With calls of a client and calls of a worker; the lease is that of the master. */
    public Recovery(Calls asClient, Calls asWorker, Times times, Duration lease) {
        this.sight = new Sight(asClient);
        this.probe = new PollProbe(asWorker);
        this.times = times;
        this.lease = lease;
    }

    public Sight sight() {
        return sight;
    }

    /** Of a master, which is started again at once. */
    public void ofMaster(Runnable kill, Runnable start) {
        measure(kill, start, Interval.MASTER_ANSWERS, Interval.MASTER_STARTS);
    }

    /** Of a database server, which is started again at once and then waited for. */
    public void ofServer(Runnable kill, Runnable start) {
        measure(kill, start, Interval.SERVER_ANSWERS, Interval.SERVER_STARTS);
    }

    private void measure(Runnable kill, Runnable start, Interval whole, Interval part) {
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
        new Aftermath(sight, times, worker, task, killed)
                .watch(lease.multipliedBy(4).plus(BUSY));
    }
}
