package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.result.read.RecordedBlock;
import io.minimalcluster.master.result.record.FailLostTasks;
import io.minimalcluster.master.result.record.JobInvariants;
import io.minimalcluster.master.result.record.RecordPart;
import io.minimalcluster.master.result.record.ResultPart;
import io.minimalcluster.master.result.record.TestParts;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.master.worker.WorkerLiveness;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.worker.Recorded;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The life cycle of leases, from allocation to end, on a real store. */
@Tag("store")
class LeaseLifecycleTest {
    private static final InstantSource CLOCK = TestLeases.fastClock();
    private static final String REQUEST = "request";
    private static final int STEPS = 1_000;

    @TempDir
    Path folder;

    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private final RecordPart recordPart = new RecordPart(CLOCK, JsonMapper.shared());
    private Store store;
    private TestJobs jobs;
    private TestWorkers workers;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        workers = new TestWorkers(store, CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static JobOptions batchesOf(int size) {
        return JobOptions.builder().batchSize(size).build();
    }

    private Lease takeBatch(WorkerId worker) {
        return take(worker, 1).getFirst();
    }

    private List<Lease> take(WorkerId worker, int batches) {
        return take(worker, REQUEST, batches);
    }

    private List<Lease> take(WorkerId worker, String request, int batches) {
        return store.writeAndWait(sql -> {
            WorkerLiveness.recordContact(sql, worker, CLOCK.millis());
            return batchAllocator.allocate(sql, worker, request, batches);
        });
    }

    private Recorded post(Lease lease, ResultPart part) {
        Recorded recorded = store.writeAndWait(sql -> {
                    WorkerLiveness.recordContact(sql, lease.worker(), CLOCK.millis());
                    return recordPart.record(sql, lease.worker(), lease.id(), part);
                })
                .recorded();
        check(lease.jobSeq());
        return recorded;
    }

    private void check(long job) {
        store.read(sql -> JobInvariants.check(sql, job));
    }

    private static ResultPart all(Lease lease, boolean done) {
        return TestParts.of(lease.first(), lease.last(), "1", Map.of(), done);
    }

    @Test
    void jobEndsWithItsLastRecordedTask() {
        long job = jobs.add(5, batchesOf(3));
        WorkerId worker = workers.register("w", 2);
        for (Lease lease : take(worker, 2)) {
            post(lease, all(lease, true));
        }
        JobRow row = jobs.get(job);
        assertThat(row.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(row.tasks().succeeded()).isEqualTo(5);
    }

    @Test
    void lastPartReturnsUnfinishedTasks() {
        long job = jobs.add(10, batchesOf(10));
        Lease lease = takeBatch(workers.register("w", 1));
        assertThat(post(lease, TestParts.of(3, 5, "1", Map.of(), false))).isEqualTo(new Recorded(2, 0));
        assertThat(post(lease, TestParts.done())).isEqualTo(new Recorded(0, 0));
        assertThat(post(lease, TestParts.done())).as("repeated post").isEqualTo(new Recorded(0, 0));
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(8);
    }

    @Test
    void repeatedPartIsRecordedOnce() {
        jobs.add(10, batchesOf(10));
        Lease lease = takeBatch(workers.register("w", 1));
        ResultPart part = TestParts.of(2, 6, "1", Map.of(3L, ErrorKind.EXCEPTION), false);
        assertThat(post(lease, part)).isEqualTo(new Recorded(4, 0));
        assertThat(post(lease, part)).isEqualTo(new Recorded(0, 4));
        ResultPart wider = TestParts.of(0, 10, "2", Map.of(), true);
        assertThat(post(lease, wider)).isEqualTo(new Recorded(6, 4));
        assertThat(post(lease, wider)).as("a part for an ended job").isEqualTo(new Recorded(0, 10));
    }

    @Test
    void repeatedCrashIsRetriedOnce() {
        long job = jobs.add(4, batchesOf(4));
        Lease lease = takeBatch(workers.register("w", 2));
        ResultPart crash = TestParts.of(0, 2, "1", Map.of(1L, ErrorKind.CRASH), false);
        assertThat(post(lease, crash)).isEqualTo(new Recorded(1, 0));
        assertThat(post(lease, crash)).isEqualTo(new Recorded(0, 2));
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(1);
        Lease second = takeBatch(lease.worker());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(post(lease, crash)).as("another lease holds the task").isEqualTo(new Recorded(0, 2));
        assertThat(post(second, all(second, true))).isEqualTo(new Recorded(1, 0));
    }

    @Test
    void crashesAndLossesAreCountedTogether() {
        long job = jobs.add(4, batchesOf(4));
        WorkerId first = workers.register("first", 1);
        WorkerId second = workers.register("second", 1);
        Lease lease = takeBatch(first);
        post(lease, TestParts.of(1, 2, "1", Map.of(1L, ErrorKind.CRASH), false));
        takeBatch(second);
        workers.timeOutAllExcept(Set.of(first));
        Lease third = takeBatch(first);
        assertThat(third.first()).isEqualTo(1);
        check(job);
        post(third, all(third, true));
        post(lease, all(lease, true));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void crashingTaskFailsAfterItsLastAttempt() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId worker = workers.register("w", 1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            Lease lease = takeBatch(worker);
            assertThat(lease.attempt()).isEqualTo(attempt);
            post(lease, TestParts.of(0, 1, "", Map.of(0L, ErrorKind.CRASH), true));
        }
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void lapsedLeaseReopensOnContactWithItsWorker() {
        long job = jobs.add(4, batchesOf(4));
        Lease lease = takeBatch(workers.register("w", 1));
        workers.timeOutAllExcept(Set.of());
        check(job);
        assertThat(jobs.get(job).tasks().running()).isZero();
        assertThat(post(lease, all(lease, true)).recorded()).isEqualTo(4);
    }

    @Test
    void lostLeaseRejectsResults() {
        long job = jobs.add(4, batchesOf(4));
        WorkerId silent = workers.register("silent", 1);
        WorkerId other = workers.register("other", 1);
        Lease lost = takeBatch(silent);
        post(lost, TestParts.of(0, 1, "1", Map.of(), false));
        workers.timeOutAllExcept(Set.of(other));
        Lease taken = takeBatch(other);
        assertThat(taken.first()).isEqualTo(1);
        assertThatThrownBy(() -> post(lost, all(lost, true))).isInstanceOf(MasterException.LeaseLost.class);
        assertThatThrownBy(() -> post(lost, TestParts.done())).isInstanceOf(MasterException.LeaseLost.class);
        check(job);
        assertThat(jobs.get(job).tasks().succeeded()).isEqualTo(1);
    }

    /** Lets {@code workersLost} workers take a batch and time out, and then takes a batch for the survivor. */
    private Lease takeAfterLossOf(int workersLost, WorkerId survivor) {
        for (int i = 0; i < workersLost; i++) {
            takeBatch(workers.register("lost", 1));
            workers.timeOutAllExcept(Set.of(survivor));
            failLostTasks();
        }
        return takeBatch(survivor);
    }

    private void failLostTasks() {
        FailLostTasks failLostTasks = new FailLostTasks(recordPart);
        while (!store.writeAndWait(failLostTasks::failNext).isEmpty()) {
            // each call handles one lease
        }
    }

    @Test
    void lostTasksAreRetriedInSmallerBatches() {
        jobs.add(2000, batchesOf(2000));
        WorkerId survivor = workers.register("survivor", 1);
        assertThat(takeBatch(workers.register("first", 1)).count()).isEqualTo(2000);
        workers.timeOutAllExcept(Set.of(survivor));
        assertThat(takeBatch(workers.register("second", 1)).count()).isEqualTo(1000);
        workers.timeOutAllExcept(Set.of(survivor));
        finishUpTo(0, survivor);
        assertThat(takeBatch(workers.register("third", 1)).count()).isEqualTo(30);
        workers.timeOutAllExcept(Set.of(survivor));

        Lease last = finishUpTo(0, survivor);

        assertThat(last.count()).isEqualTo(1);
        assertThat(last.attempts()).isEqualTo(new LossPolicy(1, 3 * LossPolicy.LOSS));
    }

    /** Completes batches up to the one that starts at {@code index}, and returns that one unfinished. */
    private Lease finishUpTo(long index, WorkerId worker) {
        Lease lease = takeBatch(worker);
        while (lease.first() != index) {
            post(lease, all(lease, true));
            lease = takeBatch(worker);
        }
        post(lease, TestParts.done());
        return lease;
    }

    @Test
    void poisonTaskIsLostAfterFiveWorkers() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int i = 0; i < 4; i++) {
            takeBatch(workers.register("lost", 1));
            workers.timeOutAllExcept(Set.of(survivor));
            failLostTasks();
            assertThat(jobs.get(job).state()).as("after %s losses", i + 1).isEqualTo(JobState.RUNNING);
        }
        Lease last = takeBatch(workers.register("lost", 1));
        workers.timeOutAllExcept(Set.of(survivor));
        assertThat(take(survivor, 1)).as("no other worker gets the task").isEmpty();
        assertThat(jobs.get(job).tasks().running()).isEqualTo(1);
        failLostTasks();

        assertLost(job);
        assertThat(post(last, all(last, true))).as("late result").isEqualTo(new Recorded(0, 1));
    }

    @Test
    void exhaustedLeaseRecoversWithItsWorker() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId last = workers.register("last", 1);
        Lease lease = takeAfterLossOf(4, last);
        workers.timeOut(last);
        workers.heartbeat(last);
        failLostTasks();

        post(lease, all(lease, true));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void taskIsLostAlthoughItsWorkersDieBeforeTheNextPoll() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int i = 0; i < LossPolicy.MAX_LOSSES; i++) {
            assertThat(jobs.get(job).state()).as("after %s losses", i).isNotEqualTo(JobState.FAILED);
            WorkerId worker = workers.register("lost", 1);
            workers.recordPoll(worker, REQUEST);
            takeBatch(worker);
            workers.timeOutAllExcept(Set.of(survivor));
            failLostTasks();
        }

        assertLost(job);
    }

    @Test
    void poisonTaskDoesNotFailOtherTasks() {
        long job = jobs.add(16, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int i = 0; i < 100 && jobs.get(job).state() != JobState.FAILED; i++) {
            workUnlessPoisoned(workers.register("worker", 16), 15);
            workers.timeOutAllExcept(Set.of(survivor));
            failLostTasks();
        }

        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.get(job).tasks().succeeded()).isEqualTo(15);
    }

    /** Polls twice for eight batches. Without the poison task among them, all their tasks succeed. */
    private void workUnlessPoisoned(WorkerId worker, long poisonIndex) {
        List<Lease> held = new ArrayList<>();
        for (String request : List.of("first", "second")) {
            workers.recordPoll(worker, request);
            held.addAll(take(worker, request, 8));
            if (held.stream().anyMatch(lease -> lease.first() == poisonIndex)) {
                return;
            }
        }
        held.forEach(lease -> post(lease, all(lease, true)));
    }

    @Test
    void suspectTaskRunsOnlyBesideTasksThatWereNeverLost() {
        long job = jobs.add(3, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 4);
        for (int i = 0; i < 3; i++) {
            take(workers.register("lost", 3), 3);
            workers.timeOutAllExcept(Set.of(survivor));
        }
        long fresh = jobs.add(1, batchesOf(1));
        long lostOnce = jobs.add(1, batchesOf(1));
        store.writeAndWait(sql -> sql.sql("update pending_range set loss_quarters = 4 where job_seq = :job")
                .param("job", lostOnce)
                .update());

        List<Lease> taken = take(survivor, 4);
        assertThat(taken).extracting(Lease::jobSeq).containsExactly(job, fresh);
        assertThat(take(survivor, 2)).as("the worker holds a suspect task").isEmpty();
        assertThat(take(workers.register("careful", 1), 1))
                .extracting(Lease::jobSeq)
                .containsExactly(lostOnce);
        assertThat(take(workers.register("another", 4), 4))
                .as("for another worker")
                .extracting(Lease::first)
                .containsExactly(1L);
        post(taken.getFirst(), all(taken.getFirst(), true));
        assertThat(take(survivor, 2)).extracting(Lease::first).containsExactly(2L);
    }

    private void assertLost(long job) {
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        check(job);
        RecordedBlock block = store.read(sql -> RecordedBlock.at(sql, JsonMapper.shared(), job, 0));
        assertThat(block.error(0)).isNotNull().satisfies(error -> {
            assertThat(error.kind()).isEqualTo(ErrorKind.LOST);
            assertThat(error.attempts()).isEqualTo(5);
        });
    }

    @Test
    void unstartedTasksOfALostWorkerAreNotCharged() {
        jobs.add(3, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        take(workers.register("lost", 2), 3);
        workers.timeOutAllExcept(Set.of(survivor));

        assertThat(take(survivor, 3))
                .extracting(Lease::first, Lease::attempts)
                .containsExactlyInAnyOrder(
                        tuple(0L, new LossPolicy(1, LossPolicy.LOSS)),
                        tuple(1L, new LossPolicy(1, LossPolicy.LOSS)),
                        tuple(2L, new LossPolicy(1, 0)));
    }

    @Test
    void recoveredLeaseIsNotCharged() {
        jobs.add(1, batchesOf(1));
        WorkerId worker = workers.register("w", 1);
        Lease lease = takeBatch(worker);
        for (int i = 0; i < 10; i++) {
            workers.timeOutAllExcept(Set.of());
            workers.heartbeat(worker);
        }
        post(lease, TestParts.done());

        assertThat(takeBatch(worker).attempts()).isEqualTo(new LossPolicy(1, 0));
    }

    @Test
    void lossesAndFailuresHaveSeparateBudgets() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            Lease lease = takeAfterLossOf(1, survivor);
            assertThat(lease.attempts()).isEqualTo(new LossPolicy(attempt, attempt * LossPolicy.LOSS));
            post(lease, TestParts.of(0, 1, "", Map.of(0L, ErrorKind.CRASH), true));
        }
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void partBeyondItsLeaseIsRejected() {
        jobs.add(10, batchesOf(4));
        Lease lease = takeBatch(workers.register("w", 1));
        assertThatThrownBy(() -> post(lease, TestParts.of(3, 5, "1", Map.of(), true)))
                .isInstanceOf(MasterException.BeyondLease.class);
        check(lease.jobSeq());
    }

    @Test
    void leaseOfAnotherWorkerIsRejected() {
        jobs.add(10, batchesOf(4));
        Lease lease = takeBatch(workers.register("w", 1));
        WorkerId other = workers.register("other", 1);
        assertThatThrownBy(() -> store.writeAndWait(sql -> recordPart.record(sql, other, lease.id(), all(lease, true))))
                .isInstanceOf(MasterException.LeaseLost.class);
    }

    @Test
    void resultsOfACancelledJobAreAcceptedButNotRecorded() {
        long job = jobs.add(10, batchesOf(4));
        Lease lease = takeBatch(workers.register("w", 1));
        post(lease, TestParts.of(0, 1, "1", Map.of(), false));
        jobs.cancel(job);
        assertThat(post(lease, all(lease, true))).isEqualTo(new Recorded(0, 4));
        assertThat(jobs.get(job).tasks().cancelled()).isEqualTo(9);
    }

    @Test
    void jobWithoutPendingRowsIsRepairedAndBlocksNoOtherJob() {
        long corrupt = jobs.add(10, batchesOf(4));
        long intact = jobs.add(10, batchesOf(10));
        store.writeAndWait(sql -> sql.sql("delete from pending_range where job_seq = :job")
                .param("job", corrupt)
                .update());
        List<Lease> taken = take(workers.register("w", 8), 8);
        assertThat(taken).extracting(Lease::jobSeq).contains(corrupt, intact);
        taken.forEach(lease -> post(lease, all(lease, true)));
        assertThat(jobs.get(corrupt).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.get(intact).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void excessiveCountersAreCorrected() {
        long job = jobs.add(10, batchesOf(10));
        WorkerId worker = workers.register("w", 8);
        Lease lease = takeBatch(worker);
        store.writeAndWait(sql -> sql.sql("update job set pending = 7, running = 3 where seq = :job")
                .param("job", job)
                .update());
        assertThat(take(worker, 8)).isEmpty();
        check(job);
        assertThat(post(lease, all(lease, true)).recorded()).isEqualTo(10);
    }

    @Test
    void jobsOfEqualPriorityShareAndHigherPriorityGoesFirst() {
        long large = jobs.add(1000, batchesOf(1));
        long small = jobs.add(2, batchesOf(1));
        long urgent = jobs.add(1, JobOptions.builder().priority(9).batchSize(1).build());
        assertThat(take(workers.register("w", 5), 5))
                .extracting(Lease::jobSeq)
                .containsExactly(urgent, large, small, large, small);
    }

    /** Fixed seeds, so that builds are reproducible. PostgreSQL gets one seed because it takes five times as long. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, TestStore.isPostgres() ? 1 : 3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomStepsKeepTheInvariants(long seed) {
        try (RandomLeaseSteps steps = new RandomLeaseSteps(folder.resolve("steps"), seed)) {
            for (int step = 0; step < STEPS; step++) {
                steps.step();
            }
            steps.finish();
            steps.checkAll();
            assertThat(steps.counts())
                    .as("seed %s covered all steps", seed)
                    .containsKeys("taken", "posted", "repeated", "timeouts", "reclaimed", "copied");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void equalSeedsGiveEqualSteps() {
        assertThat(steps("one", 7)).isEqualTo(steps("other", 7)).isNotEqualTo(steps("third", 8));
    }

    private Map<String, Integer> steps(String name, long seed) {
        try (RandomLeaseSteps steps = new RandomLeaseSteps(folder.resolve(name), seed)) {
            for (int step = 0; step < STEPS / 10; step++) {
                steps.step();
            }
            return steps.counts();
        }
    }
}
