package io.minimalcluster.master.scheduling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.result.read.RecordedBlock;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Speculative execution: a task with a copy counts as one running task, and its first outcome is recorded. */
class SpeculativeCopiesTest {
    private static final InstantSource CLOCK = TestLeases.fastClock();

    @TempDir
    Path folder;

    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private final RecordPart recordPart = new RecordPart(CLOCK, JsonMapper.shared());
    private Store store;
    private TestJobs jobs;
    private TestWorkers workers;
    private WorkerId slow;
    private WorkerId idle;
    private long job;
    private Lease original;
    private Lease copy;

    /** The slow worker completed two of three tasks, and the idle worker runs a copy of the last one. */
    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        workers = new TestWorkers(store, CLOCK);
        slow = workers.register("slow", 1);
        idle = workers.register("idle", 1);
        job = jobs.add(3, JobOptions.builder().batchSize(3).build());
        original = store.writeAndWait(sql -> batchAllocator.allocate(sql, slow, "request", 1))
                .getFirst();
        post(original, TestParts.timed(0, 2, 1));
        copy = anotherCopyOn(idle).orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Optional<Lease> anotherCopyOn(WorkerId worker) {
        return store.writeAndWait(sql -> TestLeases.copy(sql, original, worker));
    }

    private RecordPart.Outcome post(Lease lease, ResultPart part) {
        RecordPart.Outcome outcome = store.writeAndWait(sql -> {
            WorkerLiveness.recordContact(sql, lease.worker(), CLOCK.millis());
            return recordPart.record(sql, lease.worker(), lease.id(), part);
        });
        check();
        return outcome;
    }

    private void check() {
        store.read(sql -> JobInvariants.check(sql, job));
    }

    private static ResultPart last(String value) {
        return TestParts.of(2, 3, value, Map.of(), true);
    }

    private static ResultPart last(ErrorKind kind) {
        return TestParts.of(2, 3, "failed", Map.of(2L, kind), true);
    }

    private String valueOfLast() {
        RecordedBlock block = store.read(sql -> RecordedBlock.fromPosition(sql, JsonMapper.shared(), job, 2))
                .orElseThrow();
        return new String(block.values().value(2), UTF_8);
    }

    private void assertRunsOnce() {
        check();
        assertThat(jobs.get(job).tasks().running()).isEqualTo(1);
        assertThat(jobs.get(job).tasks().pending()).isZero();
    }

    @Test
    void firstOutcomeFromTheCopyStopsTheOriginal() {
        assertRunsOnce();
        RecordPart.Outcome outcome = post(copy, last("\"copy\""));
        assertThat(outcome.copyWon()).isTrue();
        assertThat(outcome.workersToNotify()).containsExactly(slow);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(post(original, last("\"original\"")).recorded()).isEqualTo(new Recorded(0, 1));
        assertThat(valueOfLast()).isEqualTo("\"copy\"");
    }

    @Test
    void firstOutcomeFromTheOriginalStopsTheCopy() {
        RecordPart.Outcome outcome = post(original, last("\"original\""));
        assertThat(outcome.copyWon()).isFalse();
        assertThat(outcome.workersToNotify()).containsExactly(idle);
        assertThat(post(copy, last("\"copy\"")).recorded()).isEqualTo(new Recorded(0, 1));
        assertThat(valueOfLast()).isEqualTo("\"original\"");
    }

    @Test
    void firstOutcomeMayBeAnException() {
        assertThat(post(copy, last(ErrorKind.EXCEPTION)).workersToNotify()).containsExactly(slow);
        assertThat(post(original, last("1")).recorded()).isEqualTo(new Recorded(0, 1));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void crashedCopyIsNotCharged() {
        assertThat(post(copy, last(ErrorKind.CRASH)).workersToNotify()).isEmpty();
        assertRunsOnce();
        assertThat(anotherCopyOn(idle)).isEmpty();
        assertThatThrownBy(() -> post(copy, last("1"))).isInstanceOf(MasterException.LeaseLost.class);
        assertRunsOnce();
    }

    @Test
    void copyReplacesACrashedOriginal() {
        post(original, last(ErrorKind.CRASH));
        assertRunsOnce();
        Lease now = store.read(sql -> Leases.find(sql, idle, copy.id()).orElseThrow());
        assertThat(now.isCopy()).isFalse();
        assertThat(now.attempt()).as("the crash was charged").isEqualTo(2);
        post(copy, last("1"));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void crashAtTheLastAttemptFailsTheTaskDespiteACopy() {
        store.writeAndWait(sql -> sql.sql("update job set max_attempts = 1").update());
        assertThat(post(original, last(ErrorKind.CRASH)).workersToNotify()).containsExactly(idle);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(post(copy, last("1")).recorded()).isEqualTo(new Recorded(0, 1));
    }

    @Test
    void copyContinuesAfterTimeoutOfTheOriginalWorker() {
        workers.timeOut(slow);
        assertRunsOnce();
        assertThat(store.read(sql -> Leases.find(sql, idle, copy.id()).orElseThrow())
                        .attempts())
                .as("the task may have caused the timeout")
                .isEqualTo(new LossPolicy(1, LossPolicy.LOSS));
        assertThat(post(original, last("\"original\"")).recorded())
                .as("the original worker is back")
                .isEqualTo(new Recorded(0, 1));
        assertRunsOnce();
        post(copy, last("\"copy\""));
        assertThat(valueOfLast()).isEqualTo("\"copy\"");
    }

    @Test
    void suspectTaskIsNotCopied() {
        jobs.add(2, JobOptions.builder().batchSize(1).build());
        WorkerId third = workers.register("third", 2);
        List<Lease> taken = store.writeAndWait(sql -> batchAllocator.allocate(sql, third, "two", 2));
        assertThat(taken).hasSize(2);
        store.writeAndWait(sql -> sql.sql("update lease set loss_quarters = case id when :suspect then 12 else 11 end")
                .param("suspect", taken.getFirst().id().value())
                .update());

        original = taken.getFirst();
        assertThat(anotherCopyOn(idle)).isEmpty();
        original = taken.getLast();
        assertThat(anotherCopyOn(idle)).isPresent();
    }

    @Test
    void originalContinuesAfterTimeoutOfTheCopyWorker() {
        workers.timeOut(idle);
        assertRunsOnce();
        assertThatThrownBy(() -> post(copy, last("1"))).isInstanceOf(MasterException.LeaseLost.class);
        post(original, last("\"original\""));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void remainingCopyContinues() {
        workers.leave(idle);
        assertRunsOnce();
        WorkerId third = workers.register("third", 1);
        assertThat(anotherCopyOn(third)).as("one copy per task").isEmpty();
        workers.leave(slow);
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(1);
        check();
    }

    @Test
    void copyKeepsTheTaskWhenTheOriginalIsReturned() {
        workers.leave(slow);
        assertRunsOnce();
        post(copy, last("1"));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void cancellationEndsOriginalAndCopyAndARetryTakesANewLease() {
        jobs.cancel(job);
        check();
        assertThat(post(copy, last("1")).recorded()).isEqualTo(new Recorded(0, 1));
        jobs.retry(job);
        check();
        assertThatThrownBy(() -> post(copy, last("1"))).isInstanceOf(MasterException.LeaseLost.class);
        List<Lease> taken = store.writeAndWait(sql -> batchAllocator.allocate(sql, idle, "next", 1));
        assertThat(taken).extracting(Lease::first).containsExactly(2L);
        check();
    }

    @Test
    void copySurvivesARestartOfTheMaster() {
        store.close();
        store = TestStore.in(folder);
        check();
        assertThat(post(copy, last("1")).workersToNotify()).containsExactly(slow);
    }
}
