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

/** Leases from being taken to their end, on a real store. */
@Tag("store")
class LeaseLifecycleTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String REQUEST = "request";
    private static final int STEPS = 1_000;

    @TempDir
    Path folder;

    private final BatchAllocator batchAllocator = TestLeases.taker(CLOCK);
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

    private Lease takeOne(WorkerId worker) {
        return take(worker, 1).getFirst();
    }

    private List<Lease> take(WorkerId worker, int batches) {
        return take(worker, REQUEST, batches);
    }

    private List<Lease> take(WorkerId worker, String request, int batches) {
        return store.writeAndWait(sql -> {
            WorkerLiveness.of(sql, worker, CLOCK.millis());
            return batchAllocator.take(sql, worker, request, batches);
        });
    }

    private Recorded post(Lease lease, ResultPart part) {
        Recorded recorded = store.writeAndWait(sql -> {
                    WorkerLiveness.of(sql, lease.worker(), CLOCK.millis());
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
    void aJobEndsWithItsLastRecordedTask() {
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
    void thePostThatNothingFollowsGivesTheRestBack() {
        long job = jobs.add(10, batchesOf(10));
        Lease lease = takeOne(workers.register("w", 1));
        assertThat(post(lease, TestParts.of(3, 5, "1", Map.of(), false))).isEqualTo(new Recorded(2, 0));
        assertThat(post(lease, TestParts.nothingMore())).isEqualTo(new Recorded(0, 0));
        assertThat(post(lease, TestParts.nothingMore())).as("again").isEqualTo(new Recorded(0, 0));
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(8);
    }

    @Test
    void theSamePartAgainIsKnown() {
        jobs.add(10, batchesOf(10));
        Lease lease = takeOne(workers.register("w", 1));
        ResultPart part = TestParts.of(2, 6, "1", Map.of(3L, ErrorKind.EXCEPTION), false);
        assertThat(post(lease, part)).isEqualTo(new Recorded(4, 0));
        assertThat(post(lease, part)).isEqualTo(new Recorded(0, 4));
        ResultPart wider = TestParts.of(0, 10, "2", Map.of(), true);
        assertThat(post(lease, wider)).isEqualTo(new Recorded(6, 4));
        assertThat(post(lease, wider)).as("of an ended job").isEqualTo(new Recorded(0, 10));
    }

    @Test
    void aCrashPostedTwiceIsTriedAgainOnce() {
        long job = jobs.add(4, batchesOf(4));
        Lease lease = takeOne(workers.register("w", 2));
        ResultPart crash = TestParts.of(0, 2, "1", Map.of(1L, ErrorKind.CRASH), false);
        assertThat(post(lease, crash)).isEqualTo(new Recorded(1, 0));
        assertThat(post(lease, crash)).isEqualTo(new Recorded(0, 2));
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(1);
        Lease second = takeOne(lease.worker());
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(post(lease, crash)).as("while another has it").isEqualTo(new Recorded(0, 2));
        assertThat(post(second, all(second, true))).isEqualTo(new Recorded(1, 0));
    }

    @Test
    void crashesAndLossesAddUp() {
        long job = jobs.add(4, batchesOf(4));
        WorkerId first = workers.register("first", 1);
        WorkerId second = workers.register("second", 1);
        Lease lease = takeOne(first);
        post(lease, TestParts.of(1, 2, "1", Map.of(1L, ErrorKind.CRASH), false));
        takeOne(second);
        workers.silenceAllBut(Set.of(first));
        Lease third = takeOne(first);
        assertThat(third.first()).isEqualTo(1);
        check(job);
        post(third, all(third, true));
        post(lease, all(lease, true));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aTaskThatCrashesEachTimeFailsWhenItsAttemptsAreUsedUp() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId worker = workers.register("w", 1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            Lease lease = takeOne(worker);
            assertThat(lease.attempt()).isEqualTo(attempt);
            post(lease, TestParts.of(0, 1, "", Map.of(0L, ErrorKind.CRASH), true));
        }
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aLapsedLeaseIsOpenAgainWhenItsWorkerIsHeardOf() {
        long job = jobs.add(4, batchesOf(4));
        Lease lease = takeOne(workers.register("w", 1));
        workers.silenceAllBut(Set.of());
        check(job);
        assertThat(jobs.get(job).tasks().running()).isZero();
        assertThat(post(lease, all(lease, true)).recorded()).isEqualTo(4);
    }

    @Test
    void aLostLeaseRecordsNothing() {
        long job = jobs.add(4, batchesOf(4));
        WorkerId silent = workers.register("silent", 1);
        WorkerId other = workers.register("other", 1);
        Lease lost = takeOne(silent);
        post(lost, TestParts.of(0, 1, "1", Map.of(), false));
        workers.silenceAllBut(Set.of(other));
        Lease taken = takeOne(other);
        assertThat(taken.first()).isEqualTo(1);
        assertThatThrownBy(() -> post(lost, all(lost, true))).isInstanceOf(MasterException.LeaseLost.class);
        assertThatThrownBy(() -> post(lost, TestParts.nothingMore())).isInstanceOf(MasterException.LeaseLost.class);
        check(job);
        assertThat(jobs.get(job).tasks().succeeded()).isEqualTo(1);
    }

    /** Takes something in the name of each of some workers, of which all but the last then vanish. */
    private Lease takeAfterTheDeathOf(int workersLost, WorkerId survivor) {
        for (int i = 0; i < workersLost; i++) {
            takeOne(workers.register("victim", 1));
            workers.silenceAllBut(Set.of(survivor));
            giveUp();
        }
        return takeOne(survivor);
    }

    private void giveUp() {
        FailLostTasks lost = new FailLostTasks(recordPart);
        while (!store.writeAndWait(lost::failSome).isEmpty()) {
            // there may be more
        }
    }

    @Test
    void lostTasksAreHandedOutInSmallerBatches() {
        jobs.add(2000, batchesOf(2000));
        WorkerId survivor = workers.register("survivor", 1);
        assertThat(takeOne(workers.register("first", 1)).count()).isEqualTo(2000);
        workers.silenceAllBut(Set.of(survivor));
        assertThat(takeOne(workers.register("second", 1)).count()).isEqualTo(1000);
        workers.silenceAllBut(Set.of(survivor));
        finishBut(0, survivor);
        assertThat(takeOne(workers.register("third", 1)).count()).isEqualTo(30);
        workers.silenceAllBut(Set.of(survivor));

        Lease last = finishBut(0, survivor);

        assertThat(last.count()).isEqualTo(1);
        assertThat(last.attempts()).isEqualTo(new LossPolicy(1, 3 * LossPolicy.LOSS));
    }

    /** Does all that comes before the one from an index, which goes back. */
    private Lease finishBut(long index, WorkerId worker) {
        Lease lease = takeOne(worker);
        while (lease.first() != index) {
            post(lease, all(lease, true));
            lease = takeOne(worker);
        }
        post(lease, TestParts.nothingMore());
        return lease;
    }

    @Test
    void aTaskThatBringsDownEachWorkerIsLostAfterTheFifth() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int i = 0; i < 4; i++) {
            takeOne(workers.register("victim", 1));
            workers.silenceAllBut(Set.of(survivor));
            giveUp();
            assertThat(jobs.get(job).state()).as("after %s", i + 1).isEqualTo(JobState.RUNNING);
        }
        Lease last = takeOne(workers.register("victim", 1));
        workers.silenceAllBut(Set.of(survivor));
        assertThat(take(survivor, 1)).as("nobody else is to run it").isEmpty();
        assertThat(jobs.get(job).tasks().running()).isEqualTo(1);
        giveUp();

        assertLost(job);
        assertThat(post(last, all(last, true))).as("too late").isEqualTo(new Recorded(0, 1));
    }

    @Test
    void exhaustedLeaseRecoversWithItsWorker() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId last = workers.register("last", 1);
        Lease lease = takeAfterTheDeathOf(4, last);
        workers.silence(last);
        workers.beat(last);
        giveUp();

        post(lease, all(lease, true));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aTaskThatBringsDownEachWorkerBeforeItAsksAgainIsLostAtLast() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int i = 0; i < LossPolicy.MOST_LOSSES; i++) {
            assertThat(jobs.get(job).state()).as("after %s", i).isNotEqualTo(JobState.FAILED);
            WorkerId victim = workers.register("victim", 1);
            workers.ask(victim, REQUEST);
            takeOne(victim);
            workers.silenceAllBut(Set.of(survivor));
            giveUp();
        }

        assertLost(job);
    }

    @Test
    void poisonTaskDoesNotFailOtherTasks() {
        long job = jobs.add(16, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int i = 0; i < 100 && jobs.get(job).state() != JobState.FAILED; i++) {
            workUntilOneComesThatKills(workers.register("worker", 16), 15);
            workers.silenceAllBut(Set.of(survivor));
            giveUp();
        }

        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.get(job).tasks().succeeded()).isEqualTo(15);
    }

    /** Asks twice for eight batches; if it lives on, all that it has ends well. */
    private void workUntilOneComesThatKills(WorkerId worker, long killer) {
        List<Lease> held = new ArrayList<>();
        for (String request : List.of("first", "second")) {
            workers.ask(worker, request);
            held.addAll(take(worker, request, 8));
            if (held.stream().anyMatch(lease -> lease.first() == killer)) {
                return;
            }
        }
        held.forEach(lease -> post(lease, all(lease, true)));
    }

    @Test
    void aSuspectTaskRunsBesideSuchAloneAsWereNeverLost() {
        long job = jobs.add(3, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 4);
        for (int i = 0; i < 3; i++) {
            take(workers.register("victim", 3), 3);
            workers.silenceAllBut(Set.of(survivor));
        }
        long fresh = jobs.add(1, batchesOf(1));
        long lostOnce = jobs.add(1, batchesOf(1));
        store.writeAndWait(sql -> sql.sql("update pending_range set losses = 4 where job_seq = :job")
                .param("job", lostOnce)
                .update());

        List<Lease> taken = take(survivor, 4);
        assertThat(taken).extracting(Lease::jobSeq).containsExactly(job, fresh);
        assertThat(take(survivor, 2)).as("while it has one").isEmpty();
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
        take(workers.register("victim", 2), 3);
        workers.silenceAllBut(Set.of(survivor));

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
        Lease lease = takeOne(worker);
        for (int i = 0; i < 10; i++) {
            workers.silenceAllBut(Set.of());
            workers.beat(worker);
        }
        post(lease, TestParts.nothingMore());

        assertThat(takeOne(worker).attempts()).isEqualTo(new LossPolicy(1, 0));
    }

    @Test
    void lossesAndFailuresHaveBudgetsOfTheirOwn() {
        long job = jobs.add(1, batchesOf(1));
        WorkerId survivor = workers.register("survivor", 1);
        for (int attempt = 1; attempt <= 3; attempt++) {
            Lease lease = takeAfterTheDeathOf(1, survivor);
            assertThat(lease.attempts()).isEqualTo(new LossPolicy(attempt, attempt * LossPolicy.LOSS));
            post(lease, TestParts.of(0, 1, "", Map.of(0L, ErrorKind.CRASH), true));
        }
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void aPartBeyondItsLeaseIsRefused() {
        jobs.add(10, batchesOf(4));
        Lease lease = takeOne(workers.register("w", 1));
        assertThatThrownBy(() -> post(lease, TestParts.of(3, 5, "1", Map.of(), true)))
                .isInstanceOf(MasterException.BeyondLease.class);
        check(lease.jobSeq());
    }

    @Test
    void anotherWorkersLeaseIsRefused() {
        jobs.add(10, batchesOf(4));
        Lease lease = takeOne(workers.register("w", 1));
        WorkerId thief = workers.register("thief", 1);
        assertThatThrownBy(() -> store.writeAndWait(sql -> recordPart.record(sql, thief, lease.id(), all(lease, true))))
                .isInstanceOf(MasterException.LeaseLost.class);
    }

    @Test
    void resultsOfACancelledJobAreCalmlyKnown() {
        long job = jobs.add(10, batchesOf(4));
        Lease lease = takeOne(workers.register("w", 1));
        post(lease, TestParts.of(0, 1, "1", Map.of(), false));
        jobs.cancel(job);
        assertThat(post(lease, all(lease, true))).isEqualTo(new Recorded(0, 4));
        assertThat(jobs.get(job).tasks().cancelled()).isEqualTo(9);
    }

    @Test
    void aJobWithWrongCountsIsCountedAgainAndHoldsUpNoOther() {
        long broken = jobs.add(10, batchesOf(4));
        long good = jobs.add(10, batchesOf(10));
        store.writeAndWait(sql -> sql.sql("delete from pending_range where job_seq = :job")
                .param("job", broken)
                .update());
        List<Lease> taken = take(workers.register("w", 8), 8);
        assertThat(taken).extracting(Lease::jobSeq).contains(broken, good);
        taken.forEach(lease -> post(lease, all(lease, true)));
        assertThat(jobs.get(broken).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.get(good).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void countsThatPromiseMoreThanThereIsAreCorrected() {
        long job = jobs.add(10, batchesOf(10));
        WorkerId worker = workers.register("w", 8);
        Lease lease = takeOne(worker);
        store.writeAndWait(sql -> sql.sql("update job set pending = 7, running = 3 where seq = :job")
                .param("job", job)
                .update());
        assertThat(take(worker, 8)).isEmpty();
        check(job);
        assertThat(post(lease, all(lease, true)).recorded()).isEqualTo(10);
    }

    @Test
    void jobsOfOnePriorityShareAndAHigherOneGoesFirst() {
        long large = jobs.add(1000, batchesOf(1));
        long small = jobs.add(2, batchesOf(1));
        long urgent = jobs.add(1, JobOptions.builder().priority(9).batchSize(1).build());
        assertThat(take(workers.register("w", 5), 5))
                .extracting(Lease::jobSeq)
                .containsExactly(urgent, large, small, large, small);
    }

    /** The same in each build, so that none fails by luck; one is enough for a server that takes five times as long. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, TestStore.isPostgres() ? 1 : 3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomStepsKeepTheInvariants(long seed) {
        try (RandomLeaseSteps walk = new RandomLeaseSteps(folder.resolve("walk"), seed)) {
            for (int step = 0; step < STEPS; step++) {
                walk.step();
            }
            walk.finish();
            walk.checkAll();
            assertThat(walk.happened())
                    .as("seed %s went everywhere", seed)
                    .containsKeys("taken", "posted", "repeated", "silence", "taken back", "copied");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void theSameSeedIsTheSameWalk() {
        assertThat(walk("one", 7)).isEqualTo(walk("other", 7)).isNotEqualTo(walk("third", 8));
    }

    private Map<String, Integer> walk(String name, long seed) {
        try (RandomLeaseSteps walk = new RandomLeaseSteps(folder.resolve(name), seed)) {
            for (int step = 0; step < STEPS / 10; step++) {
                walk.step();
            }
            return walk.happened();
        }
    }
}
