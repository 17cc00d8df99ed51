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

/** A master with one worker on an empty store. Tests make all calls one by one. */
final class SingleWorkerCluster {
    private static final int MAX_SETTLE_ROUNDS = 20;

    private final Store store;
    private final Random random = new Random(1);
    private final VirtualClock clock = new VirtualClock();
    private final IdGenerator idGenerator = TestIds.of(random);
    private final InvariantChecker checker;
    private final TaskComputation computation;
    private final TestReceipts receipts;
    private SimulatedMaster master;
    private WorkerId worker;
    private @Nullable Delivery delivery;

    SingleWorkerCluster(Store store) {
        TestStore.empty(store);
        JobCalls.addEnvironment(store);
        this.store = store;
        this.checker = new InvariantChecker(store);
        this.computation = new TaskComputation(store, random);
        this.receipts = new TestReceipts(store, clock);
        this.master = new SimulatedMaster(store, clock, idGenerator);
        this.worker = register();
        check();
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
        return master.workers().register(SimulatedWorker.registration(2, SimulatedWorker.NONE, null));
    }

    /** Checks the invariants of the store. */
    void check() {
        checker.check(delivery, null);
        delivery = null;
    }

    /** Checks the invariants after a retry that may or may not have happened. */
    void checkAfterRetry() {
        JobRow before = job();
        int round = store.read(
                sql -> Objects.requireNonNull(StoreRows.of(sql).jobs().get(before.seq()))
                        .round());
        checker.check(null, round > before.round() ? before.seq() : null);
    }

    /** The only job that is visible to clients. */
    JobRow job() {
        List<JobRow> visible = checker.last().jobs().values().stream()
                .filter(job -> !job.isHidden())
                .toList();
        assertThat(visible).as("visible jobs").hasSize(1);
        return visible.getFirst();
    }

    JobId jobId() {
        return new JobId(job().id());
    }

    /** Submits a job with an idempotency key, as a client that may have submitted it before. */
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

    List<SimulatedLease> poll(WorkerId poller, String request, int slots) {
        return master.workers().poll(poller, new PollRequest(request, slots, List.of())).leases().stream()
                .map(SimulatedLease::new)
                .toList();
    }

    /** A valid part without errors. */
    PartInFlight part(SimulatedLease lease, int first, int end, boolean done) {
        PartInFlight all = computation.successful(worker, lease, isOfHiddenJob(lease));
        return new PartInFlight(
                lease.lease().worker(),
                lease,
                first,
                all.results().subList(first - lease.first(), end - lease.first()),
                null,
                done,
                null);
    }

    PartInFlight whole(SimulatedLease lease) {
        return part(lease, lease.first(), lease.last(), true);
    }

    private boolean isOfHiddenJob(SimulatedLease lease) {
        JobRow job = checker.last().jobs().get(lease.lease().jobSeq());
        return job != null && job.isHidden();
    }

    /** Posts a part. The next check covers its outcome. */
    Recorded post(PartInFlight part) {
        delivery = new Delivery(part, null, true);
        return master.results().post(part.worker(), part.leaseId(), part.toJson());
    }

    /** Runs all background tasks and the reductions that become ready. */
    void settle() {
        for (int i = 0; i < MAX_SETTLE_ROUNDS; i++) {
            while (!master.isIdle()) {
                master.runBackgroundTask(random);
            }
            master.reductions().tick();
            if (master.isIdle()) {
                return;
            }
        }
    }

    void passSecond() {
        clock.advance(1000);
        master.workers().tick();
    }

    /** Completes every job with a healthy worker, restarts the master and checks all invariants. */
    void finish() {
        check();
        WorkerId healthy = register();
        for (int round = 0; !isFinished(); round++) {
            assertThat(round).as("progress of %s", checker.last().jobs()).isLessThan(100);
            passSecond();
            for (SimulatedLease lease : poll(healthy, "finish-" + round, 4)) {
                check();
                post(whole(lease));
                check();
            }
            settle();
            check();
        }
        restart();
        settle();
        check();
        checker.checkAll();
    }

    private boolean isFinished() {
        check();
        return checker.last().jobs().values().stream().allMatch(job -> job.isTerminal() && !job.isHidden());
    }

    void restart() {
        master = new SimulatedMaster(store, clock, idGenerator);
    }

    long count(String query) {
        return store.read(sql -> sql.sql(query).query(Long.class).single());
    }

    /** Makes a call and returns false if its outcome is uncertain, so that it must be repeated. */
    boolean isAnswered(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Unavailable e) {
            return false;
        }
    }
}
