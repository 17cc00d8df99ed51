package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A poll that waits for something to happen. */
public final class WaitingPoll {
    private final WorkerId worker;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean superseded;
    private @Nullable WorkerCapabilities capabilities; // guarded by the bell, as all below; null until they are known
    private int limit = Integer.MAX_VALUE;
    private @Nullable WorkNotification rungFor; // was told of work, and has not looked since

    WaitingPoll(WorkerId worker) {
        this.worker = worker;
    }

    public WorkerId worker() {
        return worker;
    }

    void wake() {
        news.release();
    }

    void notifyWork(JobRequirements requirements, int losses) {
        rungFor = new WorkNotification(requirements, losses);
        news.release();
    }

    void looks() {
        rungFor = null;
    }

    /** What it was told of and has not looked for. */
    Optional<WorkNotification> pendingNotification() {
        return Optional.ofNullable(rungFor);
    }

    void setCapabilities(WorkerCapabilities worker, int below) {
        capabilities = worker;
        limit = below;
    }

    boolean isKnown() {
        return capabilities != null;
    }

    /** Whether it can be given such work; true where nobody knows yet. */
    boolean mayServe(JobRequirements requirements, int losses) {
        return capabilities == null || (losses < limit && requirements.areMetBy(capabilities));
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

    /** Work that it was told of. */
    record WorkNotification(JobRequirements requirements, int losses) {}
}
