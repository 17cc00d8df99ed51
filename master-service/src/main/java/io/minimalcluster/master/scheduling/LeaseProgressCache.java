package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.support.LruCache;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Cache of the progress of leases, from heartbeats and posted results. After a restart it is empty until the next
 * heartbeats.
 */
@Component
public class LeaseProgressCache {
    private static final int LEASES = 100_000;
    private static final double NANOS = 1e9;
    private static final double MAX_SECONDS = 1e8;

    private final LongSupplier nanoTime;
    private final Map<LeaseId, LeaseProgressSample> cached = LruCache.of(LEASES);

    @Autowired
    LeaseProgressCache() {
        this(System::nanoTime);
    }

    LeaseProgressCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public long now() {
        return nanoTime.getAsLong();
    }

    /** Records the progress in a heartbeat. */
    public void recordHeartbeat(WorkerId worker, Heartbeat heartbeat) {
        long now = now();
        heartbeat.leases().forEach(progress -> cached.put(progress.leaseId(), progress(worker, progress, now)));
    }

    private static LeaseProgressSample progress(WorkerId worker, LeaseProgress progress, long now) {
        return progress.running().stream()
                .findFirst()
                .map(task -> new LeaseProgressSample(
                        worker,
                        progress.next(),
                        OptionalLong.of(task.index()),
                        now - (long) (Math.clamp(task.seconds(), 0, MAX_SECONDS) * NANOS),
                        now))
                .orElseGet(() -> new LeaseProgressSample(worker, progress.next(), OptionalLong.empty(), now, now));
    }

    /**
     * Records that all tasks before an index have an outcome, so that the task at the index runs or starts.
     *
     * @param done whether no part follows
     */
    public void recordResults(WorkerId worker, LeaseId lease, long end, boolean done) {
        long now = now();
        if (done) {
            cached.remove(lease);
        } else {
            cached.merge(
                    lease,
                    new LeaseProgressSample(worker, end + 1, OptionalLong.empty(), now, now),
                    (before, posted) -> before.next() >= posted.next() ? before : posted);
        }
    }

    /** The last known progress of a lease, as reported by its current worker. */
    public Optional<LeaseProgressSample> of(Lease lease) {
        return Optional.ofNullable(cached.get(lease.id()))
                .filter(progress -> progress.worker().equals(lease.worker()));
    }
}
