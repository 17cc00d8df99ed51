package io.minimalcluster.master.worker;

import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.master.lease.Leases;
import io.minimalcluster.master.lease.RelieveStragglers;
import io.minimalcluster.master.lease.RelieveStragglers.Relieved;
import io.minimalcluster.master.lease.TakeLeases;
import io.minimalcluster.master.lease.Tries;
import io.minimalcluster.master.match.Abilities;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Shrink;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds what a poll brings, in its caller's transaction. */
@Component
class AnswerPoll {
    private static final int MOST_BATCHES = 8;

    private final InstantSource clock;
    private final TakeLeases takeLeases;
    private final RelieveStragglers relieve;

    AnswerPoll(InstantSource clock, TakeLeases takeLeases, RelieveStragglers relieve) {
        this.clock = clock;
        this.takeLeases = takeLeases;
        this.relieve = relieve;
    }

    /** What the worker offers. */
    Abilities abilitiesOf(JdbcClient sql, WorkerId worker) {
        return takeLeases.abilitiesOf(sql, worker);
    }

    /** What there is for who asks now: notes the sign of life, and takes it. */
    PollAnswer answer(JdbcClient sql, WorkerId worker, PollRequest request) {
        return answer(sql, worker, request, SignOfLife.asking(sql, worker, request.requestId(), clock.millis()));
    }

    /**
     * What there is for who asked a while ago; empty if the worker is taken for silent. That it asked was a sign of its
     * life, that its call still waits is none: a worker whose machine is gone leaves one behind.
     */
    Optional<PollAnswer> answerLater(JdbcClient sql, WorkerId worker, PollRequest request) {
        Standing standing = SignOfLife.standingOf(sql, worker);
        return standing.isUnheard() ? Optional.empty() : Optional.of(answer(sql, worker, request, standing));
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
                mayBeMore ? takeLeases.needsOfReady(sql) : List.of(),
                limitBeside(held));
    }

    private static int limitBeside(List<Lease> held) {
        int most = held.stream().mapToInt(lease -> lease.tries().losses()).max().orElse(0);
        return Tries.limitBeside(most);
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
