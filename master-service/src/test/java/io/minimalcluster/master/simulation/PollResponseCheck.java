package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.simulation.StoreRows.JobRow;
import io.minimalcluster.master.simulation.StoreRows.LeaseRow;
import io.minimalcluster.master.worker.WorkerCalls.Polled;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Shrink;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the response to a poll against the rows before and after it. */
record PollResponseCheck(StoreRows before, StoreRows now, SimulatedWorker worker, PollRequest request) {
    private static final int MAX_BATCHES = 8;

    void check(Polled answer) {
        Set<LeaseId> open =
                openLeases().stream().map(lease -> new LeaseId(lease.id())).collect(Collectors.toSet());
        Set<LeaseId> delivered = answer.leases().stream().map(Lease::id).collect(Collectors.toSet());
        assertThat(delivered).as("each lease is delivered once").hasSameSizeAs(answer.leases());
        assertThat(open).as("delivered leases belong to the worker").containsAll(delivered);
        Set<LeaseId> toStop = new HashSet<>(request.held());
        toStop.removeAll(open);
        assertThat(Set.copyOf(answer.stop()))
                .as("leases to stop are those of no open lease")
                .isEqualTo(toStop);
        Set<LeaseId> missing = new HashSet<>(open);
        missing.removeAll(delivered);
        assertThat(Set.copyOf(request.held()))
                .as("leases that the worker lacks are delivered")
                .containsAll(missing);
        checkShrinks(answer);
        checkAllocation(answer);
    }

    /** Checks that the response has the new end of each held lease that shrank since the last delivered end. */
    private void checkShrinks(Polled answer) {
        Map<LeaseId, Long> ends = answer.shrunk().stream().collect(Collectors.toMap(Shrink::leaseId, Shrink::end));
        for (LeaseRow lease : openLeases()) {
            LeaseId id = new LeaseId(lease.id());
            LeaseRow previous = before.leases().get(lease.seq());
            if (request.held().contains(id) && previous != null && previous.shrinkRequestId() != null) {
                boolean isDue = previous.shrinkRequestId().isEmpty()
                        || previous.shrinkRequestId().equals(request.requestId());
                assertThat(!isDue || ends.containsKey(id))
                        .as("delivered end of %s", lease)
                        .isTrue();
            }
            if (request.requestId().equals(lease.shrinkRequestId())) {
                assertThat(ends).as("delivered end of %s", lease).containsEntry(id, (long) lease.last());
            }
            Long end = ends.remove(id);
            assertThat(end == null || end >= lease.last())
                    .as("the end of %s", lease)
                    .isTrue();
        }
        assertThat(ends).as("only shrunk leases of the worker are listed").isEmpty();
    }

    private List<LeaseRow> openLeases() {
        return now.leases().values().stream()
                .filter(lease ->
                        lease.isOpen() && lease.worker().equals(worker.id().value()))
                .toList();
    }

    /** Checks the losses of new leases and returns the number of losses from which tasks are not allocated. */
    private int checkLosses() {
        int maxLosses = 0;
        for (LeaseRow lease : openLeases().stream()
                .sorted(Comparator.comparingLong(LeaseRow::seq))
                .filter(row -> row.remaining() > 0)
                .toList()) {
            if (!before.leases().containsKey(lease.seq())) {
                assertThat(lease.losses())
                        .as("%s is allocated to %s", lease, worker)
                        .isLessThan(lossLimit(maxLosses));
            }
            maxLosses = Math.max(maxLosses, lease.losses());
        }
        return lossLimit(maxLosses);
    }

    private static int lossLimit(int losses) {
        return losses >= StoreRows.SUSPECT ? 1 : losses > 0 ? StoreRows.SUSPECT : Integer.MAX_VALUE;
    }

    /** Checks that allocation skips no eligible work and follows priorities. */
    private void checkAllocation(Polled answer) {
        List<Lease> fresh = answer.leases().stream()
                .filter(lease -> !before.leases().containsKey(lease.seq()))
                .toList();
        boolean isRepeated = before.leases().values().stream()
                .anyMatch(lease -> lease.isHeld()
                        && lease.worker().equals(worker.id().value())
                        && lease.request().equals(request.requestId()));
        int repeated = answer.leases().size() - fresh.size();
        int wanted = isRepeated || answer.drain() ? 0 : Math.min(request.slots(), MAX_BATCHES) - repeated;
        assertThat(fresh).as("at most the requested batches").hasSizeLessThanOrEqualTo(Math.max(0, wanted));
        int limit = checkLosses();
        List<JobRow> remaining = now.jobs().values().stream()
                .filter(worker::isEligible)
                .filter(job -> now.hasWork(job, limit))
                .toList();
        for (Lease lease : fresh) {
            JobRow job = now.jobs().get(lease.jobSeq());
            assertThat(job != null && worker.canRun(job))
                    .as("the worker meets the requirements: %s", lease)
                    .isTrue();
        }
        if (answer.reclaimed() > 0) {
            return; // reclaimed tasks beyond this response wait for the next poll
        }
        if (fresh.size() < wanted) {
            assertThat(remaining).as("eligible work").isEmpty();
        }
        for (Lease lease : fresh.stream().filter(lease -> !lease.isCopy()).toList()) {
            JobRow job = now.jobs().get(lease.jobSeq());
            assertThat(job).as("the job of %s", lease).isNotNull();
            assertThat(remaining)
                    .as("higher priority first: %s", job)
                    .noneMatch(other -> other.priority() > job.priority());
        }
    }
}
