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

/** Whether a poll was answered as it should be. */
record PollResponseCheck(StoreRows before, StoreRows now, SimulatedWorker worker, PollRequest request) {
    private static final int MOST_BATCHES = 8;

    void check(Polled answer) {
        Set<LeaseId> live =
                live().stream().map(lease -> new LeaseId(lease.id())).collect(Collectors.toSet());
        Set<LeaseId> told = answer.leases().stream().map(Lease::id).collect(Collectors.toSet());
        assertThat(told).as("told of each once").hasSameSizeAs(answer.leases());
        assertThat(live).as("what it is told of is its own").containsAll(told);
        Set<LeaseId> toStop = new HashSet<>(request.held());
        toStop.removeAll(live);
        assertThat(Set.copyOf(answer.stop())).as("it stops what is not its own").isEqualTo(toStop);
        Set<LeaseId> missing = new HashSet<>(live);
        missing.removeAll(told);
        assertThat(Set.copyOf(request.held())).as("it is told of what it lacks").containsAll(missing);
        checkEnds(answer);
        checkWork(answer);
    }

    /** It is told of the ends that were cut of what it has, and of those that it was not told yet it is for sure. */
    private void checkEnds(Polled answer) {
        Map<LeaseId, Long> told = answer.shrunk().stream().collect(Collectors.toMap(Shrink::leaseId, Shrink::end));
        for (LeaseRow lease : live()) {
            LeaseId id = new LeaseId(lease.id());
            LeaseRow was = before.leases().get(lease.seq());
            if (request.held().contains(id) && was != null && was.endTold() != null) {
                boolean isNews = was.endTold().isEmpty() || was.endTold().equals(request.requestId());
                assertThat(!isNews || told.containsKey(id))
                        .as("told of the end of %s", lease)
                        .isTrue();
            }
            if (request.requestId().equals(lease.endTold())) {
                assertThat(told).as("told of the end of %s", lease).containsEntry(id, (long) lease.last());
            }
            Long end = told.remove(id);
            assertThat(end == null || end >= lease.last())
                    .as("the end of %s", lease)
                    .isTrue();
        }
        assertThat(told).as("told of what is cut and its own").isEmpty();
    }

    private List<LeaseRow> live() {
        return now.leases().values().stream()
                .filter(lease ->
                        lease.isOpen() && lease.worker().equals(worker.id().value()))
                .toList();
    }

    /** What may bring it down runs beside such alone as were never lost; with how many losses tasks are not for it. */
    private int checkLosses() {
        int most = 0;
        for (LeaseRow lease : live().stream()
                .sorted(Comparator.comparingLong(LeaseRow::seq))
                .filter(row -> row.remaining() > 0)
                .toList()) {
            if (!before.leases().containsKey(lease.seq())) {
                assertThat(lease.losses())
                        .as("%s is given to %s", lease, worker)
                        .isLessThan(limitBeside(most));
            }
            most = Math.max(most, lease.losses());
        }
        return limitBeside(most);
    }

    private static int limitBeside(int losses) {
        return losses >= StoreRows.SUSPECT ? 1 : losses > 0 ? StoreRows.SUSPECT : Integer.MAX_VALUE;
    }

    /** None is withheld, and what is urgent goes first. */
    private void checkWork(Polled answer) {
        List<Lease> fresh = answer.leases().stream()
                .filter(lease -> !before.leases().containsKey(lease.seq()))
                .toList();
        boolean isRepeated = before.leases().values().stream()
                .anyMatch(lease -> lease.isLive()
                        && lease.worker().equals(worker.id().value())
                        && lease.request().equals(request.requestId()));
        int owed = answer.leases().size() - fresh.size();
        int wanted = isRepeated || answer.drain() ? 0 : Math.min(request.slots(), MOST_BATCHES) - owed;
        assertThat(fresh).as("no more than it asked for").hasSizeLessThanOrEqualTo(Math.max(0, wanted));
        int limit = checkLosses();
        List<JobRow> left = now.jobs().values().stream()
                .filter(worker::couldTake)
                .filter(job -> now.hasWork(job, limit))
                .toList();
        for (Lease lease : fresh) {
            JobRow job = now.jobs().get(lease.jobSeq());
            assertThat(job != null && worker.canRun(job))
                    .as("its needs are met: %s", lease)
                    .isTrue();
        }
        if (answer.tookBack() > 0) {
            return; // what it left of that waits, for whoever asks next
        }
        if (fresh.size() < wanted) {
            assertThat(left).as("no work is withheld").isEmpty();
        }
        for (Lease lease : fresh.stream().filter(lease -> !lease.isCopy()).toList()) {
            JobRow job = now.jobs().get(lease.jobSeq());
            assertThat(job).as("the job of %s", lease).isNotNull();
            assertThat(left).as("the urgent first: %s", job).noneMatch(other -> other.priority() > job.priority());
        }
    }
}
