package io.minimalcluster.worker.batch;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The leases that this worker has, and how many more it has room for. Guarded by its monitor. */
public final class HeldLeases {
    /** A batch that is waiting while all slots are busy hides the network. */
    private static final int AHEAD = 1;

    private static final int REMEMBERED = 4096;

    private final int slots;
    private final ChangeCounter changeCounter;
    private final Map<LeaseId, LeasedBatch> held = new LinkedHashMap<>();
    private final Set<LeaseId> ended = new LinkedHashSet<>();
    private boolean draining;
    private boolean closing;
    private @Nullable String trouble;

    public HeldLeases(int slots, ChangeCounter changeCounter) {
        this.slots = slots;
        this.changeCounter = changeCounter;
    }

    /** Takes a batch in; false if it is known, also if it is known to have ended: answers overtake each other. */
    public synchronized boolean add(LeasedBatch batch) {
        if (ended.contains(batch.leaseId()) || held.containsKey(batch.leaseId())) {
            return false;
        }
        held.put(batch.leaseId(), batch);
        return true;
    }

    /** Says that a lease is over. */
    synchronized void ended(LeasedBatch batch) {
        held.remove(batch.leaseId());
        ended.add(batch.leaseId());
        if (ended.size() > REMEMBERED) {
            ended.remove(ended.iterator().next());
        }
        if (held.isEmpty() || !batch.isThrough()) { // else the room is what it was
            changeCounter.raise();
        }
    }

    /** Whether any lease has come to its end. */
    public synchronized boolean hasEndedOne() {
        return !ended.isEmpty();
    }

    /** Stops a batch whose lease is lost, and forgets it. */
    public void drop(LeasedBatch batch) {
        batch.stop();
        ended(batch);
    }

    /** Stops and forgets all there are. */
    public void dropAll() {
        all().forEach(this::drop);
    }

    /** Takes the master's order to take nothing new, or to take it again. */
    public synchronized boolean setDraining(boolean draining) {
        boolean changed = this.draining != draining;
        this.draining = draining;
        if (changed) {
            changeCounter.raise();
        }
        return changed;
    }

    /** Takes nothing new for as long as there is some trouble; null ends it. */
    synchronized void setTrouble(@Nullable String reason) {
        trouble = reason;
        changeCounter.raise();
    }

    /** Why nothing is taken, if it is this worker that can't run anything. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Takes nothing new from now on. */
    public synchronized void closeIntake() {
        closing = true;
        changeCounter.raise();
    }

    public synchronized boolean isClosing() {
        return closing;
    }

    /** How many batches to ask for. */
    public synchronized int room() {
        if (draining || closing || trouble != null) {
            return 0;
        }
        long busy = held.values().stream().filter(batch -> !batch.isThrough()).count();
        return (int) Math.max(0, slots + AHEAD - busy);
    }

    public synchronized boolean isEmpty() {
        return held.isEmpty();
    }

    public synchronized Optional<LeasedBatch> find(LeaseId lease) {
        return Optional.ofNullable(held.get(lease));
    }

    /** The ids of those that came under a registration. */
    public synchronized List<LeaseId> idsOf(WorkerId worker) {
        return held.values().stream()
                .filter(batch -> batch.worker().equals(worker))
                .map(LeasedBatch::leaseId)
                .toList();
    }

    public synchronized List<LeasedBatch> all() {
        return List.copyOf(held.values());
    }

    /** What a heartbeat says of those that came under a registration. */
    public Heartbeat heartbeat(WorkerId worker) {
        List<LeaseProgress> progress = all().stream()
                .filter(batch -> batch.worker().equals(worker))
                .map(LeasedBatch::progress)
                .toList();
        return new Heartbeat(progress, trouble().orElse(null));
    }
}
