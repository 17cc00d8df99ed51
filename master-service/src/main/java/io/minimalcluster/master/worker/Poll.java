package io.minimalcluster.master.worker;

import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.master.lease.Leases;
import io.minimalcluster.master.lease.RelieveStragglers;
import io.minimalcluster.master.lease.RelieveStragglers.Relieved;
import io.minimalcluster.master.lease.TakeLeases;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.OpenCalls;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.Work;
import io.minimalcluster.master.work.ParkedPoll;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Shrink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    private final RelieveStragglers relieve;
    private final WorkBell bell;
    private final JobWatch watch;
    private final OpenCalls calls;

    Poll(
            Store store,
            InstantSource clock,
            TakeLeases takeLeases,
            RelieveStragglers relieve,
            WorkBell bell,
            JobWatch watch,
            OpenCalls calls) {
        this.store = store;
        this.clock = clock;
        this.takeLeases = takeLeases;
        this.relieve = relieve;
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
            Optional<PollAnswer> looked = look(parked, request, sql -> SignOfLife.of(sql, worker, clock.millis()));
            while (looked.isPresent()
                    && looked.get().isEmpty()
                    && hasNews(parked, deadline)
                    && !parked.isSuperseded()) {
                looked = look(parked, request, sql -> SignOfLife.standingOf(sql, worker));
            }
            return looked.filter(answer -> !answer.isEmpty());
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

    /**
     * What there is now; empty if the worker is taken for silent. That it asked is a sign of its life, that its call
     * still waits is none: a worker that was killed leaves one behind, which nobody notices until it is answered.
     */
    private Optional<PollAnswer> look(ParkedPoll parked, PollRequest request, Work<Standing> finding) {
        if (request.slots() > 0) {
            bell.park(parked); // before looking, so that work which comes in between is not missed
        }
        Optional<PollAnswer> looked = store.writeAndWait(sql -> {
            Standing standing = finding.run(sql);
            if (standing.isUnheard()) {
                return Optional.empty();
            }
            PollAnswer answer = answer(sql, parked.worker(), request, standing);
            bell.offers(parked, takeLeases.abilitiesOf(sql, parked.worker()));
            return Optional.of(answer);
        });
        looked.ifPresent(this::tell);
        return looked;
    }

    private void tell(PollAnswer answer) {
        answer.leases().forEach(lease -> watch.changed(lease.jobSeq()));
        bell.order(answer.relieved().owners());
        if (answer.left() != null) {
            bell.ring(answer.left(), 1);
        }
    }

    /** A transaction's part of a new poll: notes the sign of life, and takes what there is. */
    PollAnswer answer(JdbcClient sql, WorkerId worker, PollRequest request) {
        return answer(sql, worker, request, SignOfLife.of(sql, worker, clock.millis()));
    }

    private PollAnswer answer(JdbcClient sql, WorkerId worker, PollRequest request, Standing standing) {
        List<Lease> before = Leases.heldBy(sql, worker);
        boolean drains = standing.draining() || standing.ending();
        boolean again = before.stream().anyMatch(lease -> isOf(request, lease));
        int owed = owed(before, request).size();
        int wanted = drains || again ? 0 : Math.max(0, Math.min(request.slots(), MOST_BATCHES) - owed);
        List<Lease> fresh = new ArrayList<>(takeLeases.take(sql, worker, request.requestId(), wanted));
        Relieved relieved = relieve.take(sql, worker, request.requestId(), wanted - fresh.size());
        fresh.addAll(relieved.leases());
        // what was taken back may have been its own, for its other slots
        List<Lease> held = relieved.tasks() > 0 ? Leases.heldBy(sql, worker) : both(before, fresh);
        List<Lease> leases = owed(held, request);
        Set<LeaseId> stop = new HashSet<>(request.held());
        held.forEach(lease -> stop.remove(lease.id()));
        boolean mayBeMore = (wanted > 0 && fresh.size() >= wanted) || relieved.tasks() > 0;
        boolean tellsToDrain = drains && request.slots() > 0;
        boolean isAnswered = !leases.isEmpty() || !stop.isEmpty() || tellsToDrain || standing.ending();
        return new PollAnswer(
                leases,
                shrunk(sql, held, request, isAnswered),
                List.copyOf(stop),
                tellsToDrain,
                standing.ending(),
                relieved,
                mayBeMore ? takeLeases.readyFor(sql, worker).orElse(null) : null);
    }

    private static List<Lease> both(List<Lease> some, List<Lease> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** What it should have and lacks, and what this very poll brought before. */
    private static List<Lease> owed(List<Lease> held, PollRequest request) {
        Set<LeaseId> claimed = Set.copyOf(request.held());
        return held.stream()
                .filter(lease -> !claimed.contains(lease.id()) || isOf(request, lease))
                .toList();
    }

    /**
     * The ends that were cut of what it has. They make an answer where none was told of them that came, for all that is
     * known: the worker asks with a new request once it had the answer to the last. They go along with any other
     * answer, so that one which was lost all the same is made good.
     */
    private static List<Shrink> shrunk(JdbcClient sql, List<Lease> held, PollRequest request, boolean isAnswered) {
        Set<LeaseId> claimed = Set.copyOf(request.held());
        List<Lease> cut = held.stream()
                .filter(lease -> lease.endTold() != null && claimed.contains(lease.id()))
                .toList();
        List<Lease> news = cut.stream().filter(lease -> isNews(lease, request)).toList();
        news.forEach(lease -> Leases.toldEnd(sql, lease, request.requestId()));
        return (isAnswered ? cut : news)
                .stream().map(lease -> new Shrink(lease.id(), lease.last())).toList();
    }

    private static boolean isNews(Lease lease, PollRequest request) {
        String told = lease.endTold();
        return told != null && (told.isEmpty() || told.equals(request.requestId()));
    }

    private static boolean isOf(PollRequest request, Lease lease) {
        return lease.requestId().equals(request.requestId());
    }
}
