package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.master.simulation.Rows.JobRow;
import io.minimalcluster.master.simulation.Rows.LeaseRow;
import io.minimalcluster.master.worker.WorkerCalls.Polled;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.PollRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a poll was answered as it should be. */
record PollCheck(Rows before, Rows now, SimulatedWorker worker, PollRequest request) {
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
        checkWork(answer);
    }

    private List<LeaseRow> live() {
        return now.leases().values().stream()
                .filter(lease ->
                        lease.isOpen() && lease.worker().equals(worker.id().value()))
                .toList();
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
        List<JobRow> left =
                now.jobs().values().stream().filter(worker::couldTake).toList();
        if (fresh.size() < wanted) {
            assertThat(left).as("no work is withheld").isEmpty();
        }
        for (Lease lease : fresh) {
            JobRow job = now.jobs().get(lease.jobSeq());
            assertThat(job).as("the job of %s", lease).isNotNull();
            assertThat(left).as("the urgent first: %s", job).noneMatch(other -> other.priority() > job.priority());
        }
    }
}
