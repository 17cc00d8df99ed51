package io.minimalcluster.master.worker;

import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.MitigationResult;
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
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Computes the response to a poll in the transaction of the caller. */
@Component
class PollTransaction {
    private static final int MAX_BATCHES = 8;

    private final InstantSource clock;
    private final BatchAllocator batchAllocator;
    private final StragglerMitigation mitigation;
    private final LastPolls lastPolls;

    PollTransaction(
            InstantSource clock, BatchAllocator batchAllocator, StragglerMitigation mitigation, LastPolls lastPolls) {
        this.clock = clock;
        this.batchAllocator = batchAllocator;
        this.mitigation = mitigation;
        this.lastPolls = lastPolls;
    }

    /** The capabilities of a worker. */
    WorkerCapabilities capabilitiesOf(JdbcClient sql, WorkerId worker) {
        return batchAllocator.capabilitiesOf(sql, worker);
    }

    /**
     * Answers a poll that has just arrived, and records it as contact with the worker. It is not written if the last
     * contact is recent, because a worker polls after each small batch.
     *
     * @param isOtherWaiting whether another poll may take work that this one leaves
     */
    PollResponse answer(JdbcClient sql, WorkerId worker, PollRequest request, BooleanSupplier isOtherWaiting) {
        long now = clock.millis();
        PollingWorker known = PollingWorker.find(sql, worker);
        lastPolls.arrived(worker, request.requestId());
        if (!known.status().isRecent(now)) {
            WorkerStatus recorded = WorkerLiveness.recordContact(sql, worker, request.requestId(), now);
            List<Lease> held = known.status().isSilent() ? Leases.heldBy(sql, worker) : known.held();
            return answer(sql, worker, request, new PollingWorker(recorded, held), isOtherWaiting);
        }
        return answer(sql, worker, request, known, isOtherWaiting);
    }

    /**
     * Answers a poll that has waited. Empty if the worker has timed out. Only the arrival of a poll counts as contact,
     * because the waiting call of a failed worker may stay open.
     *
     * @param isOtherWaiting whether another poll may take work that this one leaves
     */
    Optional<PollResponse> answerAfterWait(
            JdbcClient sql, WorkerId worker, PollRequest request, BooleanSupplier isOtherWaiting) {
        PollingWorker known = PollingWorker.find(sql, worker);
        if (known.status().isSilent()) {
            return Optional.empty();
        }
        return Optional.of(answer(sql, worker, request, known, isOtherWaiting));
    }

    private PollResponse answer(
            JdbcClient sql, WorkerId worker, PollRequest request, PollingWorker known, BooleanSupplier isOtherWaiting) {
        WorkerStatus status = known.status();
        List<Lease> before = known.held();
        boolean isDraining = status.draining() || status.shuttingDown();
        boolean isRepeated = before.stream().anyMatch(lease -> isOf(request, lease));
        int unclaimed = unclaimed(before, request).size();
        int wanted = isDraining || isRepeated ? 0 : Math.max(0, Math.min(request.slots(), MAX_BATCHES) - unclaimed);
        List<Lease> allocated = new ArrayList<>(batchAllocator.allocate(sql, worker, request.requestId(), wanted));
        MitigationResult mitigated = mitigation.mitigate(sql, worker, request.requestId(), wanted - allocated.size());
        allocated.addAll(mitigated.leases());
        // Reclaimed tasks may have belonged to other slots of the same worker.
        List<Lease> held = mitigated.tasks() > 0 ? Leases.heldBy(sql, worker) : concat(before, allocated);
        List<Lease> leases = unclaimed(held, request);
        Set<LeaseId> stop = new HashSet<>(request.held());
        held.forEach(lease -> stop.remove(lease.id()));
        boolean isExhaustive = allocated.size() < wanted && mitigated.tasks() == 0;
        boolean mayBeMore = wanted > 0 && !isExhaustive;
        boolean sendsDrain = isDraining && request.slots() > 0;
        boolean isAnswered = !leases.isEmpty() || !stop.isEmpty() || sendsDrain || status.shuttingDown();
        return new PollResponse(
                leases,
                shrunk(sql, held, request, isAnswered),
                List.copyOf(stop),
                sendsDrain,
                status.shuttingDown(),
                mitigated,
                held.stream().map(Lease::id).collect(Collectors.toSet()),
                isExhaustive,
                mayBeMore && (mitigated.tasks() > 0 || isOtherWaiting.getAsBoolean())
                        ? batchAllocator.requirementsOfReady(sql)
                        : List.of(),
                limitBeside(held));
    }

    private static int limitBeside(List<Lease> held) {
        int maxLosses =
                held.stream().mapToInt(lease -> lease.attempts().losses()).max().orElse(0);
        return LossPolicy.limitBeside(maxLosses);
    }

    private static List<Lease> concat(List<Lease> some, List<Lease> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /**
     * The leases to send: those that the worker should hold but does not report, and those already sent for this poll.
     */
    private static List<Lease> unclaimed(List<Lease> held, PollRequest request) {
        Set<LeaseId> claimed = Set.copyOf(request.held());
        return held.stream()
                .filter(lease -> !claimed.contains(lease.id()) || isOf(request, lease))
                .toList();
    }

    /**
     * The leases of the worker whose end was cut. They cause a response only if no earlier response is known to have
     * delivered them: a new request id confirms the previous response. They are repeated in every other response, in
     * case one was lost.
     */
    private static List<Shrink> shrunk(JdbcClient sql, List<Lease> held, PollRequest request, boolean isAnswered) {
        Set<LeaseId> claimed = Set.copyOf(request.held());
        List<Lease> cut = held.stream()
                .filter(lease -> lease.shrinkRequestId() != null && claimed.contains(lease.id()))
                .toList();
        List<Lease> undelivered =
                cut.stream().filter(lease -> isUndelivered(lease, request)).toList();
        undelivered.forEach(lease -> Leases.shrinkDelivered(sql, lease, request.requestId()));
        return (isAnswered ? cut : undelivered)
                .stream().map(lease -> new Shrink(lease.id(), lease.last())).toList();
    }

    private static boolean isUndelivered(Lease lease, PollRequest request) {
        String deliveredBy = lease.shrinkRequestId();
        return deliveredBy != null && (deliveredBy.isEmpty() || deliveredBy.equals(request.requestId()));
    }

    private static boolean isOf(PollRequest request, Lease lease) {
        return lease.requestId().equals(request.requestId());
    }
}
