package io.minimalcluster.worker.batch;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.support.LruCache;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The leases that this worker holds, and its capacity for more. Guarded by its monitor. */
public final class HeldLeases {
    /** The number of batches held beyond the slots. A prefetched batch hides the network latency. */
    private static final int PREFETCHED = 1;

    private static final int MAX_ENDED = 4096;

    private final int slots;
    private final ChangeCounter changeCounter = new ChangeCounter();
    private final Map<LeaseId, LeasedBatch> held = new LinkedHashMap<>();
    private final Set<LeaseId> ended = Collections.newSetFromMap(LruCache.of(MAX_ENDED));
    private boolean draining;
    private boolean closing;
    private @Nullable String selfTestFailure;

    public HeldLeases(int slots) {
        this.slots = slots;
    }

    /** Counts the changes after which the worker may request batches or end. */
    public ChangeCounter changeCounter() {
        return changeCounter;
    }

    /**
     * Adds a batch. Returns false for a lease that is held or has ended, because poll responses can arrive out of
     * order.
     */
    public synchronized boolean add(LeasedBatch batch) {
        if (ended.contains(batch.leaseId()) || held.containsKey(batch.leaseId())) {
            return false;
        }
        held.put(batch.leaseId(), batch);
        return true;
    }

    /** Removes a lease that has ended. */
    synchronized void remove(LeasedBatch batch) {
        held.remove(batch.leaseId());
        ended.add(batch.leaseId());
        if (held.isEmpty() || !batch.isFinished()) { // otherwise the capacity has not changed
            changeCounter.raise();
        }
    }

    /** Stops a batch whose lease is lost, and removes it. */
    public void drop(LeasedBatch batch) {
        batch.stop();
        remove(batch);
    }

    /** Stops and removes all batches. */
    public void dropAll() {
        all().forEach(this::drop);
    }

    /** Sets whether the master wants this worker to accept no batches. Returns whether that changed. */
    public synchronized boolean setDraining(boolean draining) {
        boolean changed = this.draining != draining;
        this.draining = draining;
        if (changed) {
            changeCounter.raise();
        }
        return changed;
    }

    /** Accepts no batches while there is a reason; null clears it. */
    synchronized void setSelfTestFailure(@Nullable String reason) {
        selfTestFailure = reason;
        changeCounter.raise();
    }

    /** The reason why the executors fail their self-test, if they do. */
    public synchronized Optional<String> selfTestFailure() {
        return Optional.ofNullable(selfTestFailure);
    }

    /** Accepts no batches from now on, for a shutdown. */
    public synchronized void stopAccepting() {
        closing = true;
        changeCounter.raise();
    }

    public synchronized boolean isClosing() {
        return closing;
    }

    /** The number of batches to request. */
    public synchronized int freeCapacity() {
        if (draining || closing || selfTestFailure != null) {
            return 0;
        }
        long busy = held.values().stream().filter(batch -> !batch.isFinished()).count();
        return (int) Math.max(0, slots + PREFETCHED - busy);
    }

    public synchronized boolean isEmpty() {
        return held.isEmpty();
    }

    public synchronized Optional<LeasedBatch> find(LeaseId lease) {
        return Optional.ofNullable(held.get(lease));
    }

    /** The leases granted under a registration. */
    public synchronized List<LeaseId> idsOf(WorkerId worker) {
        return held.values().stream()
                .filter(batch -> batch.worker().equals(worker))
                .map(LeasedBatch::leaseId)
                .toList();
    }

    public synchronized List<LeasedBatch> all() {
        return List.copyOf(held.values());
    }

    /** The heartbeat of the leases granted under a registration. */
    public Heartbeat heartbeat(WorkerId worker) {
        List<LeaseProgress> progress = all().stream()
                .filter(batch -> batch.worker().equals(worker))
                .map(LeasedBatch::progress)
                .toList();
        return new Heartbeat(progress, selfTestFailure().orElse(null));
    }
}
