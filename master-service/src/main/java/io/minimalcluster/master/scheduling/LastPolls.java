package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.support.LruCache;
import io.minimalcluster.model.worker.PollRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The last poll of each worker. A worker polls again after each small batch. If there was nothing else for it, and
 * nothing has been notified since, such a poll needs no look into the store. The id of a poll confirms the responses to
 * earlier polls of its worker; it is written together with the next heartbeat.
 */
@Component
public class LastPolls {
    private static final int WORKERS = 10_000;

    /** Maximum number of leases of a search that is kept. */
    private static final int MAX_HELD = 64;

    /** Maximum age of a search, so that the polls of a worker still count as contact. */
    private static final long RECENT_MILLIS = 200;

    private final Map<WorkerId, String> requests = LruCache.of(WORKERS);
    private final Map<WorkerId, Search> searches = LruCache.of(WORKERS);
    private final InstantSource clock;

    public LastPolls(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A search on behalf of a poll.
     *
     * @param held the leases of the worker after it
     * @param isExhaustive whether it found all tasks that the worker may get
     * @param limit loss limit for tasks that the worker may get beside its leases
     * @param notifications number of notifications before it, see {@link PollRegistry#notifications}
     * @param time when it began, in epoch milliseconds
     */
    public record Search(
            Set<LeaseId> held,
            boolean isExhaustive,
            WorkerCapabilities capabilities,
            int limit,
            long notifications,
            long time) {
        public Search {
            held = Set.copyOf(held);
        }

        private boolean answers(PollRequest request, long now, long current) {
            return (isExhaustive || request.slots() == 0)
                    && notifications == current
                    && now >= time
                    && now - time < RECENT_MILLIS
                    && held.equals(Set.copyOf(request.held()));
        }
    }

    /** Notes that a poll has arrived. */
    public void arrived(WorkerId worker, String requestId) {
        requests.put(worker, requestId);
    }

    /** The id of the last poll of a worker; null if it is not known. */
    public @Nullable String requestOf(WorkerId worker) {
        return requests.get(worker);
    }

    /** Notes a search for a worker after its commit, on the thread of the writer, so that the last one is kept. */
    public void searched(WorkerId worker, Search search) {
        if (search.held().size() <= MAX_HELD) {
            searches.put(worker, search);
        }
    }

    /**
     * The last search for a worker, if another one would find nothing for its poll.
     *
     * @param notifications number of notifications up to now
     */
    public Optional<Search> stillValid(WorkerId worker, PollRequest request, long notifications) {
        Search last = searches.get(worker);
        boolean isRepeated = request.requestId().equals(requests.get(worker));
        return last == null || isRepeated || !last.answers(request, clock.millis(), notifications)
                ? Optional.empty()
                : Optional.of(last);
    }

    /** Notes that a worker may hold other leases than after its last search, or that another search begins. */
    public void leasesChanged(WorkerId worker) {
        searches.remove(worker);
    }

    /** Forgets a worker that left or was deleted. */
    public void forget(WorkerId worker) {
        requests.remove(worker);
        searches.remove(worker);
    }
}
