package io.minimalcluster.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.id.TestIds;
import io.minimalcluster.master.idempotency.TestReceipts;
import io.minimalcluster.master.job.JobCalls;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.simulation.StoreRows.JobRow;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.model.worker.Recorded;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A master on an empty store with a worker, whose calls a test makes one by one. */
final class SingleWorkerCluster {
    private static final int MOST_SETTLING = 20;

    private final Store store;
    private final Random random = new Random(1);
    private final VirtualClock clock = new VirtualClock();
    private final IdGenerator idGenerator = TestIds.of(random);
    private final InvariantChecker checker;
    private final TaskComputation computing;
    private final TestReceipts receipts;
    private SimulatedMaster master;
    private WorkerId worker;
    private @Nullable Delivery delivery;

    SingleWorkerCluster(Store store) {
        TestStore.empty(store);
        JobCalls.addEnvironment(store);
        this.store = store;
        this.checker = new InvariantChecker(store);
        this.computing = new TaskComputation(store, random);
        this.receipts = new TestReceipts(store, clock);
        this.master = new SimulatedMaster(store, clock, idGenerator);
        this.worker = register();
        look();
    }

    SimulatedMaster master() {
        return master;
    }

    Store store() {
        return store;
    }

    VirtualClock clock() {
        return clock;
    }

    InvariantChecker checker() {
        return checker;
    }

    WorkerId worker() {
        return worker;
    }

    WorkerId register() {
        return master.workers().register(SimulatedWorker.form(2, SimulatedWorker.ANY, null));
    }

    /** Looks at the store, and whether all is as it should be. */
    void look() {
        checker.check(delivery, null);
        delivery = null;
    }

    /** The same where the one job may have been run again. */
    void lookAfterRetry() {
        JobRow before = job();
        int round = store.read(
                sql -> Objects.requireNonNull(StoreRows.of(sql).jobs().get(before.seq()))
                        .round());
        checker.check(null, round > before.round() ? before.seq() : null);
    }

    /** The one job that clients see. */
    JobRow job() {
        List<JobRow> seen = checker.last().jobs().values().stream()
                .filter(job -> !job.isFolding())
                .toList();
        assertThat(seen).as("exactly one").hasSize(1);
        return seen.getFirst();
    }

    JobId jobId() {
        return new JobId(job().id());
    }

    /** Posts a job with a key, as a client that may have posted it before. */
    JobId submit(String args, boolean lines, JobOptions options) {
        String owner = TestJobs.CALLER.owner();
        Optional<String> earlier = receipts.earlier(owner, "key");
        return earlier.map(JobId::new)
                .orElseGet(() -> master.jobs()
                        .submit(
                                args,
                                lines,
                                options,
                                (sql, id) -> receipts.receipt(owner, "key").keep(sql, id.value())));
    }

    List<SimulatedLease> poll(WorkerId who, String request, int slots) {
        return master.workers().poll(who, new PollRequest(request, slots, List.of())).leases().stream()
                .map(SimulatedLease::new)
                .toList();
    }

    /** A part that is as it should be. */
    PartInFlight part(SimulatedLease lease, int first, int end, boolean done) {
        PartInFlight all = computing.good(worker, lease, folds(lease));
        return new PartInFlight(
                lease.lease().worker(),
                lease,
                first,
                all.results().subList(first - lease.first(), end - lease.first()),
                null,
                done);
    }

    PartInFlight whole(SimulatedLease lease) {
        return part(lease, lease.first(), lease.last(), true);
    }

    private boolean folds(SimulatedLease lease) {
        JobRow job = checker.last().jobs().get(lease.lease().jobSeq());
        return job != null && job.isFolding();
    }

    /** Posts it; what came of it is looked at with the next look. */
    Recorded post(PartInFlight part) {
        delivery = new Delivery(part, null, true);
        return master.results().post(part.worker(), part.leaseId(), part.toJson());
    }

    /** All that waits in the background is done, and what a second would bring. */
    void settle() {
        for (int i = 0; i < MOST_SETTLING; i++) {
            while (!master.isIdle()) {
                master.goOn(random);
            }
            master.reductions().look();
            if (master.isIdle()) {
                return;
            }
        }
    }

    void second() {
        clock.advance(1000);
        master.workers().tick();
    }

    /** A healthy worker brings every job to its end, a restart takes away what is left of others; all is well then. */
    void finish() {
        look();
        WorkerId healthy = register();
        for (int round = 0; !isOver(); round++) {
            assertThat(round).as("progress of %s", checker.last().jobs()).isLessThan(100);
            second();
            for (SimulatedLease lease : poll(healthy, "finish-" + round, 4)) {
                look();
                post(whole(lease));
                look();
            }
            settle();
            look();
        }
        restart();
        settle();
        look();
        checker.checkAll();
    }

    private boolean isOver() {
        look();
        return checker.last().jobs().values().stream().allMatch(job -> job.isOver() && !job.isFolding());
    }

    void restart() {
        master = new SimulatedMaster(store, clock, idGenerator);
    }

    long count(String query) {
        return store.read(sql -> sql.sql(query).query(Long.class).single());
    }

    /** Makes a call; false if it is to be made again, as nobody knows whether it happened. */
    boolean isAnswered(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Unavailable e) {
            return false;
        }
    }
}
