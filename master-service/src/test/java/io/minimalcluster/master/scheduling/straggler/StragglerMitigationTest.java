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
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.Relieved;
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

/** What a worker with a free slot takes off one that is late, by what that one said of its batch. */
class StragglerMitigationTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong(1);
    private final LeaseProgressCache progressCache = TestLeases.headways(nanoTime::get);
    private final TaskSpeedCache speedCache = new TaskSpeedCache();
    private final StragglerMitigation mitigation = TestLeases.reliever(CLOCK, progressCache, speedCache);
    private final BatchAllocator batchAllocator = TestLeases.taker(CLOCK);
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

    private Lease takenBySlow() {
        return store.writeAndWait(sql -> batchAllocator.take(sql, slow, "slow", 1))
                .getFirst();
    }

    private void runs(Lease lease, long index, double seconds) {
        LeaseProgress progress = new LeaseProgress(lease.id(), List.of(new RunningTask(index, seconds)), index + 1);
        progressCache.heard(lease.worker(), new Heartbeat(List.of(progress), null));
    }

    private Relieved look(WorkerId worker, int batches) {
        store.read(mitigation::look);
        return store.writeAndWait(sql -> mitigation.take(sql, worker, "look", batches));
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
        Lease lease = takenBySlow();
        runs(lease, 0, 0.5);
        Relieved relieved = look(idle, 1);
        assertThat(relieved.tasks()).isEqualTo(5);
        assertThat(relieved.owners()).containsExactly(slow);
        assertThat(relieved.leases()).singleElement().satisfies(taken -> {
            assertThat(taken.worker()).isEqualTo(idle);
            assertThat(taken.first()).isEqualTo(6);
            assertThat(taken.last()).isEqualTo(11);
            assertThat(taken.attempt()).as("uncharged").isEqualTo(1);
        });
        check(lease);
        assertThatThrownBy(() -> post(lease, TestParts.took(0, 8, 1)))
                .as("what it does beyond its end all the same")
                .isInstanceOfSatisfying(
                        MasterException.BeyondLease.class,
                        refused -> assertThat(refused.end()).isEqualTo(6));
        post(lease, TestParts.took(0, 6, 1));
        check(lease);
    }

    @Test
    void aBatchThatWaitsIsTakenWhole() {
        long job = jobs.add(2, batchesOf(1).build());
        Lease running = takenBySlow();
        Lease ahead = takenBySlow();
        LeaseProgress waits = new LeaseProgress(ahead.id(), List.of(), ahead.first());
        progressCache.heard(
                slow,
                new Heartbeat(
                        List.of(new LeaseProgress(running.id(), List.of(new RunningTask(0, 0.2)), 1), waits), null));
        speedCache.measured(
                jobs.get(job).environmentId().value(),
                jobs.get(job).method(),
                Duration.ofMillis(200).toNanos(),
                1);
        assertThat(look(idle, 2).leases()).extracting(Lease::first).containsExactly(1L);
        check(running);
        List<Lease> held = store.read(sql -> Leases.heldBy(sql, slow));
        assertThat(held).extracting(Lease::id).containsExactly(running.id());
    }

    @Test
    void tasksBehindASlowTaskAreReclaimedBeforeItIsCopied() {
        jobs.add(8, batchesOf(8).build());
        Lease lease = takenBySlow();
        post(lease, TestParts.took(0, 3, 100));
        runs(lease, 3, 2);
        Relieved rest = look(idle, 2);
        assertThat(rest.leases()).extracting(Lease::first).containsExactly(4L);
        assertThat(rest.copies()).isZero();
        check(lease);
        Relieved copy = look(idle, 2);
        assertThat(copy.copies()).isEqualTo(1);
        assertThat(copy.leases()).singleElement().satisfies(taken -> {
            assertThat(taken.isCopy()).isTrue();
            assertThat(taken.first()).isEqualTo(3);
            assertThat(taken.count()).isEqualTo(1);
        });
        check(lease);
        assertThat(look(idle, 2).leases()).as("once").isEmpty();
    }

    @Test
    void aTaskIsCopiedWhenItTakesOneAndAHalfTimesTheMedianAndASecondAtLeast() {
        jobs.add(4, batchesOf(4).build());
        Lease lease = takenBySlow();
        runs(lease, 3, 60);
        assertThat(look(idle, 2).copies())
                .as("while nobody knows what is usual")
                .isZero();
        post(lease, TestParts.took(0, 3, 2_000));
        runs(lease, 3, 2.9);
        assertThat(look(idle, 2).copies()).isZero();
        nanoTime.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(look(idle, 2).copies()).as("time goes on without a word").isEqualTo(1);
    }

    @Test
    void aShortTaskIsNotCopiedWithinASecond() {
        jobs.add(4, batchesOf(4).build());
        Lease lease = takenBySlow();
        post(lease, TestParts.took(0, 3, 1));
        runs(lease, 3, 0.9);
        assertThat(look(idle, 2).copies()).isZero();
        runs(lease, 3, 1);
        assertThat(look(idle, 2).copies()).isEqualTo(1);
    }

    @Test
    void nothingIsTakenBackWhereNoTaskMayRunTwiceAtATime() {
        jobs.add(11, batchesOf(20).copies(false).build());
        Lease lease = takenBySlow();
        runs(lease, 0, 60);
        assertThat(look(idle, 1).tasks()).as("it may just have begun").isZero();
        store.writeAndWait(sql -> sql.sql("update job set copies = 1").update());
        assertThat(look(idle, 1).tasks()).isEqualTo(5);
    }

    @Test
    void aTaskIsNotCopiedOnItsOwnWorkerOrWhereItsJobForbidsIt() {
        WorkerId wide = workers.register("wide", 4);
        jobs.add(4, batchesOf(4).copies(false).build());
        Lease lease = store.writeAndWait(sql -> batchAllocator.take(sql, wide, "wide", 1))
                .getFirst();
        post(lease, TestParts.took(0, 3, 1));
        runs(lease, 3, 9);
        assertThat(look(idle, 2).copies()).as("forbidden").isZero();
        store.writeAndWait(sql -> sql.sql("update job set copies = 1").update());
        assertThat(look(wide, 2).copies()).as("its own").isZero();
        assertThat(look(idle, 2).copies()).isEqualTo(1);
    }

    @Test
    void onlyFreeSlotsAreGivenIt() {
        jobs.add(40, batchesOf(40).build());
        Lease lease = takenBySlow();
        runs(lease, 0, 0.5);
        assertThat(look(slow, 1).leases()).as("it asks one ahead").isEmpty();
        workers.set(idle, WorkerState.DRAINING);
        assertThat(look(idle, 1).leases()).isEmpty();
    }

    @Test
    void nothingIsTakenWhileSomethingWaitsOrTheJobIsPaused() {
        long job = jobs.add(30, batchesOf(20).build());
        Lease lease = takenBySlow();
        runs(lease, 0, 0.5);
        assertThat(look(idle, 1).leases()).isEmpty();
        store.writeAndWait(sql -> batchAllocator.take(sql, idle, "rest", 1));
        store.read(mitigation::look);
        jobs.pause(job);
        assertThat(store.writeAndWait(sql -> mitigation.take(sql, idle, "late", 1))
                        .leases())
                .isEmpty();
        assertThat(look(idle, 1).leases()).isEmpty();
        jobs.resume(job);
        assertThat(look(idle, 1).leases()).hasSize(1);
        check(lease);
    }

    @Test
    void aMasterThatKnowsNothingOfABatchLeavesItAlone() {
        jobs.add(40, batchesOf(40).build());
        Lease lease = takenBySlow();
        assertThat(look(idle, 2).leases()).isEmpty();
        progressCache.heard(idle, new Heartbeat(List.of(new LeaseProgress(lease.id(), List.of(), 0)), null));
        assertThat(look(idle, 2).leases()).as("nor does another's word count").isEmpty();
    }
}
