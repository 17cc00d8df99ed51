package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How far workers got with their leases, by their heartbeats and by what they posted. A cache: a master that has just
 * started knows nothing, and hears of it with the next heartbeats.
 */
@Component
public class LeaseProgressCache {
    private static final int LEASES = 100_000;
    private static final double NANOS = 1e9;
    private static final double LONGEST_SECONDS = 1e8;

    private final LongSupplier nanoTime;

    // guarded by itself
    private final Map<LeaseId, LeaseProgressSample> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LeaseId, LeaseProgressSample> eldest) {
            return size() > LEASES;
        }
    };

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

    /** Takes what a heartbeat says. */
    public void heard(WorkerId worker, Heartbeat heartbeat) {
        long now = now();
        synchronized (known) {
            heartbeat.leases().forEach(progress -> known.put(progress.leaseId(), progress(worker, progress, now)));
        }
    }

    private static LeaseProgressSample progress(WorkerId worker, LeaseProgress progress, long now) {
        return progress.running().stream()
                .findFirst()
                .map(task -> new LeaseProgressSample(
                        worker,
                        progress.next(),
                        OptionalLong.of(task.index()),
                        now - (long) (Math.clamp(task.seconds(), 0, LONGEST_SECONDS) * NANOS),
                        now))
                .orElseGet(() -> new LeaseProgressSample(worker, progress.next(), OptionalLong.empty(), now, now));
    }

    /**
     * The tasks before an index have an outcome, so the one at it has begun, or begins.
     *
     * @param done whether nothing follows
     */
    public void posted(WorkerId worker, LeaseId lease, long end, boolean done) {
        long now = now();
        synchronized (known) {
            if (done) {
                known.remove(lease);
            } else {
                known.merge(
                        lease,
                        new LeaseProgressSample(worker, end + 1, OptionalLong.empty(), now, now),
                        (before, posted) -> before.next() >= posted.next() ? before : posted);
            }
        }
    }

    /** What its worker said of a lease. */
    public Optional<LeaseProgressSample> of(Lease lease) {
        synchronized (known) {
            @Nullable LeaseProgressSample found = known.get(lease.id());
            return Optional.ofNullable(found)
                    .filter(progress -> progress.worker().equals(lease.worker()));
        }
    }
}
