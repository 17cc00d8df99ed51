package io.minimalcluster.master.work;

import io.minimalcluster.model.WorkerId;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A poll that waits for something to happen. */
public final class ParkedPoll {
    private final WorkerId worker;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean superseded;
    private boolean rung; // guarded by the bell: was told of work, and has not looked since

    ParkedPoll(WorkerId worker) {
        this.worker = worker;
    }

    public WorkerId worker() {
        return worker;
    }

    void wake() {
        news.release();
    }

    void ring() {
        rung = true;
        news.release();
    }

    void looks() {
        rung = false;
    }

    boolean isRung() {
        return rung;
    }

    void supersede() {
        superseded = true;
        news.release();
    }

    /** Whether a newer poll took its place, or the master goes down: it is to end with nothing. */
    public boolean isSuperseded() {
        return superseded;
    }

    /** Waits for news; false when the time is up. */
    public boolean await(long nanos) throws InterruptedException {
        boolean woken = news.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        news.drainPermits();
        return woken;
    }
}
