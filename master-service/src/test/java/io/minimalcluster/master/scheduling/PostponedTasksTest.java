package io.minimalcluster.master.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.JobRow;
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
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.worker.WorkerState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Where and when tasks run again after a failed attempt or a refusal. */
@Tag("store")
class PostponedTasksTest {
    private static final Duration BACK_OFF = Duration.ofSeconds(31);
    private static final JobOptions WHOLE = JobOptions.builder().batchSize(10).build();

    @TempDir
    Path folder;

    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final InstantSource clock = () -> now;
    private final BatchAllocator batchAllocator = TestLeases.allocator(clock);
    private final RecordPart recordPart = new RecordPart(clock, JsonMapper.shared());
    private Store store;
    private TestJobs jobs;
    private TestWorkers workers;
    private WorkerId one;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, clock);
        workers = new TestWorkers(store, clock);
        one = workers.register("one", 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Optional<Lease> take(WorkerId worker) {
        return store
                .writeAndWait(sql -> {
                    WorkerLiveness.recordContact(sql, worker, clock.millis());
                    return batchAllocator.allocate(sql, worker, "request", 1);
                })
                .stream()
                .findFirst();
    }

    private Optional<Lease> takeLater(WorkerId worker) {
        now = now.plus(BACK_OFF);
        return take(worker);
    }

    private RecordPart.Outcome post(Lease lease, ResultPart part) {
        RecordPart.Outcome outcome =
                store.writeAndWait(sql -> recordPart.record(sql, lease.worker(), lease.id(), part));
        store.read(sql -> JobInvariants.check(sql, lease.jobSeq()));
        return outcome;
    }

    private void fail(Lease lease, ErrorKind kind) {
        post(lease, TestParts.of(lease.first(), lease.last(), "null", Map.of(lease.first(), kind), true));
    }

    private static ResultPart refused(String reason) {
        return new ResultPart(null, new TreeMap<>(), new long[0], List.of(), true, reason);
    }

    private TaskError errorOf(long job, long index) {
        RecordedBlock block = store.read(sql -> RecordedBlock.fromPosition(sql, JsonMapper.shared(), job, index))
                .orElseThrow();
        return Objects.requireNonNull(block.error(index)).toError();
    }

    @Test
    void failedTaskRunsAgainAfterADelayThatGrows() {
        jobs.add(1, JobOptions.builder().maxAttempts(100).build());
        long delay = 250;
        for (int attempt = 1; attempt <= 12; attempt++) {
            Lease lease = take(one).orElseThrow();
            assertThat(lease.attempt()).isEqualTo(attempt);
            fail(lease, ErrorKind.CRASH);
            now = now.plusMillis(Math.min(delay, 30_000) / 2 - 1);
            assertThat(take(one)).as("before the half of the delay").isEmpty();
            now = now.plusMillis(Math.min(delay, 30_000) / 2 + 2);
            delay *= 2;
        }
        assertThat(take(one)).isPresent();
    }

    @Test
    void failedTaskDelaysNoOtherTask() {
        jobs.add(3, JobOptions.builder().batchSize(1).build());
        fail(take(one).orElseThrow(), ErrorKind.CRASH);

        assertThat(take(one).orElseThrow().first()).isEqualTo(1);
        assertThat(take(one).orElseThrow().first()).isEqualTo(2);
        assertThat(take(one)).isEmpty();
    }

    @Test
    void jobsWhoseTasksWaitDoNotHideOthers() {
        for (int i = 0; i < 60; i++) {
            jobs.add(1, JobOptions.builder().priority(9).build());
            fail(take(one).orElseThrow(), ErrorKind.CRASH);
        }
        long last = jobs.add(1, JobOptions.builder().priority(0).build());

        assertThat(take(one).orElseThrow().jobSeq()).isEqualTo(last);
    }

    @Test
    void anotherAttemptPrefersAnotherWorker() {
        jobs.add(1, WHOLE);
        WorkerId other = workers.register("other", 1);
        fail(take(one).orElseThrow(), ErrorKind.OUT_OF_MEMORY);

        now = now.plusSeconds(1);
        assertThat(take(one)).isEmpty();
        assertThat(take(other)).isPresent();
    }

    @Test
    void anotherAttemptWaitsForABusyWorkerForALimitedTime() {
        jobs.add(1, WHOLE);
        workers.register("other", 1);
        fail(take(one).orElseThrow(), ErrorKind.CRASH);

        now = now.plusSeconds(1);
        assertThat(take(one)).isEmpty();
        now = now.plus(Postponement.PREFERENCE);
        assertThat(take(one)).isPresent();
    }

    @Test
    void workerThatCannotServeTheJobIsNotPreferred() {
        jobs.add(1, JobOptions.builder().requires(Map.of("gpu", "yes")).build());
        WorkerId gpu = workers.register("gpu", 1, Map.of("gpu", "yes"), false);
        fail(take(gpu).orElseThrow(), ErrorKind.CRASH);

        now = now.plusSeconds(1);
        assertThat(take(gpu)).isPresent();
    }

    @Test
    void refusedBatchGoesToAnotherWorkerUncharged() {
        long job = jobs.add(10, WHOLE);
        WorkerId other = workers.register("other", 1);
        Lease first = take(one).orElseThrow();
        RecordPart.Outcome outcome = post(first, refused("bad bundle"));

        assertThat(outcome.recorded().recorded()).isZero();
        assertThat(jobs.get(job).tasks().pending()).isEqualTo(10);
        assertThat(takeLater(one)).as("the worker that refused").isEmpty();
        Lease second = take(other).orElseThrow();
        assertThat(second.attempt()).isEqualTo(1);
        post(second, TestParts.of(0, 10, "1", Map.of(), true));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void secondRefusalFailsTheTasks() {
        long job = jobs.add(10, WHOLE);
        WorkerId other = workers.register("other", 1);
        post(take(one).orElseThrow(), refused("first"));
        Lease second = takeLater(other).orElseThrow();
        post(second, TestParts.of(0, 4, "1", Map.of(), false));
        post(second, refused("second"));

        JobRow row = jobs.get(job);
        assertThat(row.state()).isEqualTo(JobState.FAILED);
        assertThat(row.tasks().succeeded()).isEqualTo(4);
        assertThat(row.tasks().failed()).isEqualTo(6);
        TaskError error = errorOf(job, 5);
        assertThat(error.kind()).isEqualTo(ErrorKind.CRASH);
        assertThat(error.message()).isEqualTo("The batch was refused twice, last: second");
    }

    @Test
    void refusedBatchIsSplit() {
        jobs.add(5_000, JobOptions.builder().batchSize(5_000).build());
        Lease whole = take(one).orElseThrow();
        assertThat(whole.last() - whole.first()).isEqualTo(5_000);
        post(whole, refused("no"));
        Lease again = takeLater(one).orElseThrow();
        assertThat(again.last() - again.first()).isEqualTo(1_000);
    }

    @Test
    void onlyWorkerThatRefusesEndsTheJob() {
        long job = jobs.add(10, WHOLE);
        post(take(one).orElseThrow(), refused("no"));
        Lease again = takeLater(one).orElseThrow();
        post(again, refused("no"));
        post(again, refused("no"));

        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(takeLater(one)).isEmpty();
    }

    @Test
    void refusedBatchReturnsToItsWorkerWhenTheOthersLeave() {
        jobs.add(10, WHOLE);
        WorkerId other = workers.register("other", 1);
        post(take(one).orElseThrow(), refused("no"));

        assertThat(takeLater(one)).isEmpty();
        workers.set(other, WorkerState.DRAINING);
        assertThat(takeLater(one)).isPresent();
    }

    @Test
    void readyTasksWakeWaitingPolls() {
        jobs.add(1, WHOLE);
        PollRegistry polls = new PollRegistry();
        RetryWakeUp wakeUp = new RetryWakeUp(store, polls, clock);
        fail(take(one).orElseThrow(), ErrorKind.CRASH);
        WaitingPoll poll = polls.open(one);
        polls.startWaiting(poll);

        now = now.plusMillis(100);
        wakeUp.tick();
        assertThat(polls.hasWaitingPolls()).as("nothing is ready").isTrue();
        now = now.plusSeconds(1);
        wakeUp.tick();
        assertThat(polls.hasWaitingPolls()).as("ready").isFalse();
        polls.startWaiting(poll);
        now = now.plusSeconds(5);
        wakeUp.tick();
        assertThat(polls.hasWaitingPolls()).as("no other change").isTrue();
        now = now.plusSeconds(5);
        wakeUp.tick();
        assertThat(polls.hasWaitingPolls()).as("ready for all workers").isFalse();
    }

    /** A poll that begins to wait may rely on a search from before. */
    @Test
    void tasksThatBecameReadyWhileNoPollWaitedWakeTheNextOne() {
        jobs.add(1, WHOLE);
        PollRegistry polls = new PollRegistry();
        RetryWakeUp wakeUp = new RetryWakeUp(store, polls, clock);
        fail(take(one).orElseThrow(), ErrorKind.CRASH);
        now = now.plusSeconds(1);
        wakeUp.tick();
        polls.startWaiting(polls.open(one));

        wakeUp.tick();

        assertThat(polls.hasWaitingPolls()).isFalse();
    }

    @Test
    void outOfMemoryErrorNamesWorkerAndHeap() {
        store.writeAndWait(
                sql -> sql.sql("update worker set memory_bytes = 67108864").update());
        long job = jobs.add(1, JobOptions.builder().maxAttempts(1).build());
        fail(take(one).orElseThrow(), ErrorKind.OUT_OF_MEMORY);

        assertThat(errorOf(job, 0).message()).endsWith(" (on worker one, whose executors have a heap of 64m)");
    }
}
