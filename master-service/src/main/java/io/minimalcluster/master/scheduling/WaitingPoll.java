package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A long poll that waits for work or orders. */
public final class WaitingPoll {
    private final WorkerId worker;
    private final Semaphore notifications = new Semaphore(0);
    private volatile boolean superseded;
    // guarded by the registry, as are the fields below; null until known
    private @Nullable WorkerCapabilities capabilities;
    private int limit = Integer.MAX_VALUE;
    private @Nullable WorkNotification notification; // work not looked for yet

    WaitingPoll(WorkerId worker) {
        this.worker = worker;
    }

    public WorkerId worker() {
        return worker;
    }

    void wake() {
        notifications.release();
    }

    void notifyWork(JobRequirements requirements, int losses) {
        notification = new WorkNotification(requirements, losses);
        notifications.release();
    }

    void clearNotification() {
        notification = null;
    }

    /** The notification of work that the poll has not looked for yet. */
    Optional<WorkNotification> pendingNotification() {
        return Optional.ofNullable(notification);
    }

    void setCapabilities(WorkerCapabilities worker, int below) {
        capabilities = worker;
        limit = below;
    }

    boolean isKnown() {
        return capabilities != null;
    }

    /** Whether the worker may get such work; true while its capabilities are unknown. */
    boolean mayServe(JobRequirements requirements, int losses) {
        return capabilities == null || (losses < limit && requirements.areMetBy(capabilities));
    }

    void supersede() {
        superseded = true;
        notifications.release();
    }

    /** Whether a newer poll superseded this one or the master shuts down. The poll then ends without an answer. */
    public boolean isSuperseded() {
        return superseded;
    }

    /** Waits for a notification. Returns false after the timeout. */
    public boolean await(long nanos) throws InterruptedException {
        boolean woken = notifications.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        notifications.drainPermits();
        return woken;
    }

    /** Notification of new work. */
    record WorkNotification(JobRequirements requirements, int losses) {}
}
