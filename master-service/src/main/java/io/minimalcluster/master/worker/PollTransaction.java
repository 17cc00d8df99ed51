package io.minimalcluster.master.worker;

import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.Relieved;
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
class PollTransaction {
    private static final int MOST_BATCHES = 8;

    private final InstantSource clock;
    private final BatchAllocator batchAllocator;
    private final StragglerMitigation mitigation;

    PollTransaction(InstantSource clock, BatchAllocator batchAllocator, StragglerMitigation mitigation) {
        this.clock = clock;
        this.batchAllocator = batchAllocator;
        this.mitigation = mitigation;
    }

    /** What the worker offers. */
    WorkerCapabilities capabilitiesOf(JdbcClient sql, WorkerId worker) {
        return batchAllocator.capabilitiesOf(sql, worker);
    }

    /** What there is for who asks now: notes the sign of life, and takes it. */
    PollResponse answer(JdbcClient sql, WorkerId worker, PollRequest request) {
        return answer(sql, worker, request, WorkerLiveness.asking(sql, worker, request.requestId(), clock.millis()));
    }

    /**
     * What there is for who asked a while ago; empty if the worker is taken for silent. That it asked was a sign of its
     * life, that its call still waits is none: a worker whose machine is gone leaves one behind.
     */
    Optional<PollResponse> answerLater(JdbcClient sql, WorkerId worker, PollRequest request) {
        WorkerStatus status = WorkerLiveness.statusOf(sql, worker);
        return status.isSilent() ? Optional.empty() : Optional.of(answer(sql, worker, request, status));
    }

    private PollResponse answer(JdbcClient sql, WorkerId worker, PollRequest request, WorkerStatus status) {
        List<Lease> before = Leases.heldBy(sql, worker);
        boolean drains = status.draining() || status.ending();
        boolean again = before.stream().anyMatch(lease -> isOf(request, lease));
        int owed = owed(before, request).size();
        int wanted = drains || again ? 0 : Math.max(0, Math.min(request.slots(), MOST_BATCHES) - owed);
        List<Lease> fresh = new ArrayList<>(batchAllocator.take(sql, worker, request.requestId(), wanted));
        Relieved relieved = mitigation.take(sql, worker, request.requestId(), wanted - fresh.size());
        fresh.addAll(relieved.leases());
        // what was taken back may have been its own, for its other slots
        List<Lease> held = relieved.tasks() > 0 ? Leases.heldBy(sql, worker) : both(before, fresh);
        List<Lease> leases = owed(held, request);
        Set<LeaseId> stop = new HashSet<>(request.held());
        held.forEach(lease -> stop.remove(lease.id()));
        boolean mayBeMore = (wanted > 0 && fresh.size() >= wanted) || relieved.tasks() > 0;
        boolean tellsToDrain = drains && request.slots() > 0;
        boolean isAnswered = !leases.isEmpty() || !stop.isEmpty() || tellsToDrain || status.ending();
        return new PollResponse(
                leases,
                shrunk(sql, held, request, isAnswered),
                List.copyOf(stop),
                tellsToDrain,
                status.ending(),
                relieved,
                mayBeMore ? batchAllocator.needsOfReady(sql) : List.of(),
                limitBeside(held));
    }

    private static int limitBeside(List<Lease> held) {
        int most =
                held.stream().mapToInt(lease -> lease.attempts().losses()).max().orElse(0);
        return LossPolicy.limitBeside(most);
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
        List<Lease> news =
                cut.stream().filter(lease -> hasContent(lease, request)).toList();
        news.forEach(lease -> Leases.shrinkDelivered(sql, lease, request.requestId()));
        return (isAnswered ? cut : news)
                .stream().map(lease -> new Shrink(lease.id(), lease.last())).toList();
    }

    private static boolean hasContent(Lease lease, PollRequest request) {
        String told = lease.endTold();
        return told != null && (told.isEmpty() || told.equals(request.requestId()));
    }

    private static boolean isOf(PollRequest request, Lease lease) {
        return lease.requestId().equals(request.requestId());
    }
}
