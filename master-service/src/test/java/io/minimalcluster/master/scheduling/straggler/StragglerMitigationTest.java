package io.minimalcluster.master.scheduling.straggler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.result.record.JobInvariants;
import io.minimalcluster.master.result.record.RecordPart;
import io.minimalcluster.master.result.record.ResultPart;
import io.minimalcluster.master.result.record.TestParts;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.TaskSpeedCache;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.MitigationResult;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import io.minimalcluster.model.worker.Heartbeat.RunningTask;
import io.minimalcluster.model.worker.WorkerState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Work stealing and speculative copies for a worker with a free slot, by the reported progress of other workers. */
class StragglerMitigationTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong(1);
    private final LeaseProgressCache progressCache = TestLeases.progressCache(nanoTime::get);
    private final TaskSpeedCache speedCache = new TaskSpeedCache();
    private final StragglerMitigation mitigation = TestLeases.mitigation(CLOCK, progressCache, speedCache);
    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private final RecordPart recordPart = new RecordPart(CLOCK, JsonMapper.shared());
    private Store store;
    private TestJobs jobs;
    private TestWorkers workers;
    private WorkerId slow;
    private WorkerId idle;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        workers = new TestWorkers(store, CLOCK);
        slow = workers.register("slow", 1);
        idle = workers.register("idle", 2);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static JobOptions.Builder batchesOf(int size) {
        return JobOptions.builder().batchSize(size);
    }

    private Lease takeForSlow() {
        return store.writeAndWait(sql -> batchAllocator.allocate(sql, slow, "slow", 1))
                .getFirst();
    }

    private void reportRunning(Lease lease, long index, double seconds) {
        LeaseProgress progress = new LeaseProgress(lease.id(), List.of(new RunningTask(index, seconds)), index + 1);
        progressCache.recordHeartbeat(lease.worker(), new Heartbeat(List.of(progress), null));
    }

    private MitigationResult mitigate(WorkerId worker, int batches) {
        store.read(mitigation::detect);
        return store.writeAndWait(sql -> mitigation.mitigate(sql, worker, "look", batches));
    }

    private void post(Lease lease, ResultPart part) {
        store.writeAndWait(sql -> recordPart.record(sql, lease.worker(), lease.id(), part));
    }

    private void check(Lease lease) {
        store.read(sql -> JobInvariants.check(sql, lease.jobSeq()));
    }

    @Test
    void halfOfTheUnstartedTasksAreReclaimed() {
        jobs.add(11, batchesOf(20).build());
        Lease lease = takeForSlow();
        reportRunning(lease, 0, 0.5);
        MitigationResult mitigation = mitigate(idle, 1);
        assertThat(mitigation.tasks()).isEqualTo(5);
        assertThat(mitigation.owners()).containsExactly(slow);
        assertThat(mitigation.leases()).singleElement().satisfies(taken -> {
            assertThat(taken.worker()).isEqualTo(idle);
            assertThat(taken.first()).isEqualTo(6);
            assertThat(taken.last()).isEqualTo(11);
            assertThat(taken.attempt()).as("attempt without a charge").isEqualTo(1);
        });
        check(lease);
        assertThatThrownBy(() -> post(lease, TestParts.timed(0, 8, 1)))
                .as("results beyond the shrunk lease")
                .isInstanceOfSatisfying(
                        MasterException.BeyondLease.class,
                        rejected -> assertThat(rejected.end()).isEqualTo(6));
        post(lease, TestParts.timed(0, 6, 1));
        check(lease);
    }

    @Test
    void unstartedBatchIsReclaimedCompletely() {
        long job = jobs.add(2, batchesOf(1).build());
        Lease running = takeForSlow();
        Lease ahead = takeForSlow();
        LeaseProgress waits = new LeaseProgress(ahead.id(), List.of(), ahead.first());
        progressCache.recordHeartbeat(
                slow,
                new Heartbeat(
                        List.of(new LeaseProgress(running.id(), List.of(new RunningTask(0, 0.2)), 1), waits), null));
        speedCache.measured(
                jobs.get(job).environmentId().value(),
                jobs.get(job).method(),
                Duration.ofMillis(200).toNanos(),
                1);
        assertThat(mitigate(idle, 2).leases()).extracting(Lease::first).containsExactly(1L);
        check(running);
        List<Lease> held = store.read(sql -> Leases.heldBy(sql, slow));
        assertThat(held).extracting(Lease::id).containsExactly(running.id());
    }

    @Test
    void batchBehindALongTaskIsReclaimedBeforeAnyTaskHasEnded() {
        jobs.add(2, batchesOf(1).build());
        Lease waiting = takeForSlow();
        Lease running = takeForSlow();
        progressCache.recordHeartbeat(
                slow,
                new Heartbeat(
                        List.of(
                                new LeaseProgress(waiting.id(), List.of(), waiting.first()),
                                new LeaseProgress(running.id(), List.of(new RunningTask(1, 0.2)), 2)),
                        null));

        assertThat(mitigate(idle, 2).leases()).extracting(Lease::first).containsExactly(0L);

        check(running);
    }

    @Test
    void tasksBehindASlowTaskAreReclaimedBeforeItIsCopied() {
        jobs.add(8, batchesOf(8).build());
        Lease lease = takeForSlow();
        post(lease, TestParts.timed(0, 3, 100));
        reportRunning(lease, 3, 2);
        MitigationResult rest = mitigate(idle, 2);
        assertThat(rest.leases()).extracting(Lease::first).containsExactly(4L);
        assertThat(rest.copies()).isZero();
        check(lease);
        MitigationResult copy = mitigate(idle, 2);
        assertThat(copy.copies()).isEqualTo(1);
        assertThat(copy.leases()).singleElement().satisfies(taken -> {
            assertThat(taken.isCopy()).isTrue();
            assertThat(taken.first()).isEqualTo(3);
            assertThat(taken.count()).isEqualTo(1);
        });
        check(lease);
        assertThat(mitigate(idle, 2).leases()).as("one copy per task").isEmpty();
    }

    @Test
    void taskIsCopiedAfterOneAndAHalfTimesTheMedian() {
        jobs.add(4, batchesOf(4).build());
        Lease lease = takeForSlow();
        reportRunning(lease, 3, 60);
        assertThat(mitigate(idle, 2).copies()).as("no median is known").isZero();
        post(lease, TestParts.timed(0, 3, 2_000));
        reportRunning(lease, 3, 2.9);
        assertThat(mitigate(idle, 2).copies()).isZero();
        nanoTime.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(mitigate(idle, 2).copies())
                .as("time passes without a further heartbeat")
                .isEqualTo(1);
    }

    @Test
    void shortTaskIsCopiedAfterOneSecond() {
        jobs.add(4, batchesOf(4).build());
        Lease lease = takeForSlow();
        post(lease, TestParts.timed(0, 3, 1));
        reportRunning(lease, 3, 0.9);
        assertThat(mitigate(idle, 2).copies()).isZero();
        reportRunning(lease, 3, 1);
        assertThat(mitigate(idle, 2).copies()).isEqualTo(1);
    }

    @Test
    void jobWithoutCopiesIsNotReclaimed() {
        jobs.add(11, batchesOf(20).copies(false).build());
        Lease lease = takeForSlow();
        reportRunning(lease, 0, 60);
        assertThat(mitigate(idle, 1).tasks())
                .as("the next task may have just started")
                .isZero();
        store.writeAndWait(sql -> sql.sql("update job set copies_allowed = 1").update());
        assertThat(mitigate(idle, 1).tasks()).isEqualTo(5);
    }

    @Test
    void taskIsNotCopiedOnItsOwnWorkerOrWithoutCopies() {
        WorkerId wide = workers.register("wide", 4);
        jobs.add(4, batchesOf(4).copies(false).build());
        Lease lease = store.writeAndWait(sql -> batchAllocator.allocate(sql, wide, "wide", 1))
                .getFirst();
        post(lease, TestParts.timed(0, 3, 1));
        reportRunning(lease, 3, 9);
        assertThat(mitigate(idle, 2).copies()).as("job without copies").isZero();
        store.writeAndWait(sql -> sql.sql("update job set copies_allowed = 1").update());
        assertThat(mitigate(wide, 2).copies()).as("worker of the original").isZero();
        assertThat(mitigate(idle, 2).copies()).isEqualTo(1);
    }

    @Test
    void onlyFreeSlotsGetReclaimedTasks() {
        jobs.add(40, batchesOf(40).build());
        Lease lease = takeForSlow();
        reportRunning(lease, 0, 0.5);
        assertThat(mitigate(slow, 1).leases())
                .as("poll of a worker without a free slot")
                .isEmpty();
        workers.set(idle, WorkerState.DRAINING);
        assertThat(mitigate(idle, 1).leases()).isEmpty();
    }

    @Test
    void pendingTasksOrAPausedJobPreventMitigation() {
        long job = jobs.add(30, batchesOf(20).build());
        Lease lease = takeForSlow();
        reportRunning(lease, 0, 0.5);
        assertThat(mitigate(idle, 1).leases()).isEmpty();
        store.writeAndWait(sql -> batchAllocator.allocate(sql, idle, "rest", 1));
        store.read(mitigation::detect);
        jobs.pause(job);
        assertThat(store.writeAndWait(sql -> mitigation.mitigate(sql, idle, "late", 1))
                        .leases())
                .isEmpty();
        assertThat(mitigate(idle, 1).leases()).isEmpty();
        jobs.resume(job);
        assertThat(mitigate(idle, 1).leases()).hasSize(1);
        check(lease);
    }

    @Test
    void batchWithoutReportedProgressIsNotReclaimed() {
        jobs.add(40, batchesOf(40).build());
        Lease lease = takeForSlow();
        assertThat(mitigate(idle, 2).leases()).isEmpty();
        progressCache.recordHeartbeat(idle, new Heartbeat(List.of(new LeaseProgress(lease.id(), List.of(), 0)), null));
        assertThat(mitigate(idle, 2).leases())
                .as("progress reported by another worker")
                .isEmpty();
    }
}
