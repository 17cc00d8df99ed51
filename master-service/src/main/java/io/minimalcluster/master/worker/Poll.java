package io.minimalcluster.master.worker;

import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.master.lease.Leases;
import io.minimalcluster.master.lease.TakeLeases;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.OpenCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.ParkedPoll;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A worker's long poll: answered with the first batches or orders there are. While it waits it holds a virtual thread,
 * and nothing of the store.
 */
@Component
class Poll {
    private static final int MOST_BATCHES = 8;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Store store;
    private final InstantSource clock;
    private final TakeLeases takeLeases;
    private final WorkBell bell;
    private final JobWatch watch;
    private final OpenCalls calls;

    Poll(Store store, InstantSource clock, TakeLeases takeLeases, WorkBell bell, JobWatch watch, OpenCalls calls) {
        this.store = store;
        this.clock = clock;
        this.takeLeases = takeLeases;
        this.bell = bell;
        this.watch = watch;
        this.calls = calls;
    }

    /** What there is for the worker; empty at the end of the wait, or if a newer poll came. */
    Optional<PollAnswer> await(WorkerId worker, PollRequest request, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        ParkedPoll parked = bell.open(worker);
        if (bell.isClosed()) {
            throw new Unavailable("The master is going down.", RETRY_AFTER);
        }
        try {
            do {
                if (request.slots() > 0) {
                    bell.park(parked); // before looking, so that work which comes in between is not missed
                }
                PollAnswer answer = store.writeAndWait(sql -> answer(sql, parked, request));
                answer.leases().forEach(lease -> watch.changed(lease.jobSeq()));
                if (answer.left() != null) {
                    bell.ring(answer.left(), 1);
                }
                if (!answer.isEmpty()) {
                    return Optional.of(answer);
                }
            } while (hasNews(parked, deadline) && !parked.isSuperseded());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            bell.close(parked);
        }
    }

    /** Who waited gets work only if the key that let him in still does. */
    private boolean hasNews(ParkedPoll parked, long deadline) throws InterruptedException {
        boolean woken = parked.await(deadline - System.nanoTime());
        calls.check();
        return woken;
    }

    private PollAnswer answer(JdbcClient sql, ParkedPoll parked, PollRequest request) {
        PollAnswer answer = answer(sql, parked.worker(), request);
        bell.offers(parked, takeLeases.abilitiesOf(sql, parked.worker()));
        return answer;
    }

    /** A transaction's part of it: notes the sign of life, and takes what there is. */
    PollAnswer answer(JdbcClient sql, WorkerId worker, PollRequest request) {
        Standing standing = SignOfLife.of(sql, worker, clock.millis());
        List<Lease> held = Leases.heldBy(sql, worker);
        Set<LeaseId> stop = new HashSet<>(request.held());
        held.forEach(lease -> stop.remove(lease.id()));
        List<Lease> leases = new ArrayList<>(owed(held, request));
        boolean drains = standing.draining() || standing.ending();
        boolean again = held.stream().anyMatch(lease -> isOf(request, lease));
        int wanted = drains || again ? 0 : Math.min(request.slots(), MOST_BATCHES) - leases.size();
        leases.addAll(takeLeases.take(sql, worker, request.requestId(), Math.max(0, wanted)));
        boolean full = wanted > 0 && leases.size() >= wanted;
        return new PollAnswer(
                leases,
                List.copyOf(stop),
                drains && request.slots() > 0,
                standing.ending(),
                full ? takeLeases.readyFor(sql, worker).orElse(null) : null);
    }

    /** What it should have and lacks, and what this very poll brought before. */
    private static List<Lease> owed(List<Lease> held, PollRequest request) {
        Set<LeaseId> claimed = Set.copyOf(request.held());
        return held.stream()
                .filter(lease -> !claimed.contains(lease.id()) || isOf(request, lease))
                .toList();
    }

    private static boolean isOf(PollRequest request, Lease lease) {
        return lease.requestId().equals(request.requestId());
    }
}
