package io.minimalcluster.master.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.stream.TestStreams;
import io.minimalcluster.master.result.read.ResultFormat;
import io.minimalcluster.master.result.read.ResultQuery;
import io.minimalcluster.master.result.read.ResultStreamWriter;
import io.minimalcluster.master.result.read.ValuesWriter;
import io.minimalcluster.master.result.record.JobInvariants;
import io.minimalcluster.master.result.record.RecordPart;
import io.minimalcluster.master.result.record.ResultPart;
import io.minimalcluster.master.result.record.TestParts;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.master.worker.WorkerLiveness;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.MaxFailures;
import io.minimalcluster.model.worker.Recorded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Early end of jobs by cancellation, failures and deadlines, and retries afterwards. */
@Tag("store")
class RetryJobTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final BatchAllocator batchAllocator = TestLeases.allocator(clock);
    private final RecordPart recordPart = new RecordPart(clock, JSON);
    private Store store;
    private TestJobs jobs;
    private WorkerId worker;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, clock);
        worker = new TestWorkers(store, clock).register("w", 8);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static JobOptions.Builder batchesOf(int size) {
        return JobOptions.builder().batchSize(size);
    }

    private Lease take() {
        return store.writeAndWait(sql -> batchAllocator.allocate(sql, worker, "request", 1))
                .getFirst();
    }

    private Recorded post(Lease lease, ResultPart part) {
        RecordPart.Outcome outcome = store.writeAndWait(sql -> {
            WorkerLiveness.recordContact(sql, worker, clock.millis());
            return recordPart.record(sql, worker, lease.id(), part);
        });
        check(lease.jobSeq());
        return outcome.recorded();
    }

    private void check(long job) {
        store.read(sql -> JobInvariants.check(sql, job));
    }

    private static ResultPart part(Lease lease, String value, Long... failed) {
        Map<Long, ErrorKind> errors = new HashMap<>();
        List.of(failed).forEach(index -> errors.put(index, ErrorKind.EXCEPTION));
        return TestParts.of(lease.first(), lease.last(), value, errors, true);
    }

    private String values(long job) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ValuesWriter writer = new ValuesWriter(store, JSON);
        writer.writeArray(writer.find(TestJobs.CALLER, jobs.get(job).id()), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> results(long job, Map<String, String> query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResultFormat form = ResultFormat.LINES;
        new ResultStreamWriter(store, JSON, TestStreams.unlimited())
                .write(TestJobs.CALLER, jobs.get(job), ResultQuery.of(query, form), form, out);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("\"error\":\\{\"kind\":\"([a-z-]*)\".*}", "$1}"))
                .toList();
    }

    @Test
    void failedTasksRunAgainAndTheLatestOutcomeCounts() throws IOException {
        long job = jobs.add(5, batchesOf(5).build());
        Lease all = take();
        post(all, part(all, "1", 1L, 3L));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);

        jobs.retry(job);

        check(job);
        JobRow retried = jobs.get(job);
        assertThat(retried.state()).isEqualTo(JobState.QUEUED);
        assertThat(retried.tasks().pending()).isEqualTo(2);
        assertThat(retried.tasks().failed()).isZero();
        assertThat(results(job, Map.of())).as("a retried task has no outcome").hasSize(3);
        Lease first = take();
        Lease second = take();
        assertThat(List.of(first.first(), second.first())).containsExactly(1L, 3L);
        assertThat(first.attempt()).isEqualTo(1);
        post(second, part(second, "2"));
        post(first, part(first, "2", 1L));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(values(job)).isEqualTo("[1,null,1,2,1]");
        assertThat(results(job, Map.of("state", "failed"))).containsExactly("{\"index\":1,exception}");
        assertThat(results(job, Map.of("order", "completion", "after", "4")))
                .containsExactly("{\"index\":4,\"value\":1}", "{\"index\":3,\"value\":2}", "{\"index\":1,exception}");

        jobs.retry(job);
        Lease third = take();
        post(third, part(third, "3"));

        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(values(job)).isEqualTo("[1,3,1,2,1]");
        assertThatThrownBy(() -> jobs.retry(job))
                .isInstanceOfSatisfying(
                        MasterException.Conflict.class,
                        e -> assertThat(e.state()).isEqualTo("SUCCEEDED"));
    }

    @Test
    void leaseFromBeforeTheRetryRecordsNothing() throws IOException {
        long job = jobs.add(4, batchesOf(2).build());
        Lease old = take();
        Lease done = take();
        post(done, part(done, "1"));
        jobs.cancel(job);
        assertThat(post(old, part(old, "\"late\""))).as("the job is cancelled").isEqualTo(new Recorded(0, 2));

        jobs.retry(job);

        assertThatThrownBy(() -> post(old, part(old, "\"late\""))).isInstanceOf(MasterException.LeaseLost.class);
        check(job);
        Lease fresh = take();
        assertThat(fresh.first()).isZero();
        assertThatThrownBy(() -> post(old, part(old, "\"late\""))).isInstanceOf(MasterException.LeaseLost.class);
        post(fresh, part(fresh, "2"));
        assertThat(values(job)).isEqualTo("[2,2,1,1]");
    }

    @Test
    void cancelledRetryCancelsUnfinishedTasksOnly() throws IOException {
        long job = jobs.add(4, batchesOf(4).build());
        Lease lease = take();
        post(lease, part(lease, "1", 0L, 2L));
        jobs.retry(job);
        Lease again = take();
        post(again, part(again, "2"));
        jobs.cancel(job);

        check(job);
        assertThat(jobs.get(job).tasks().cancelled()).isEqualTo(1);
        assertThat(results(job, Map.of("state", "cancelled"))).containsExactly("{\"index\":2,\"state\":\"cancelled\"}");
        assertThat(results(job, Map.of())).hasSize(3);
        jobs.retry(job);
        Lease last = take();
        assertThat(last.first()).isEqualTo(2);
        post(last, part(last, "3"));
        assertThat(values(job)).isEqualTo("[2,1,3,1]");
    }

    @Test
    void resultsReadTheSameAfterRetries() throws IOException {
        Random random = new Random(7);
        long job = jobs.add(300, batchesOf(40).build());
        List<String> expected = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            expected.add("null");
        }
        for (int round = 0; round < 4; round++) {
            while (!jobs.get(job).state().isTerminal()) {
                Lease lease = take();
                List<Long> failed = new ArrayList<>();
                for (long index = lease.first(); index < lease.last(); index++) {
                    boolean fails = round < 3 && random.nextInt(3) == 0;
                    expected.set((int) index, fails ? "null" : "" + round);
                    if (fails) {
                        failed.add(index);
                    }
                }
                post(lease, part(lease, "" + round, failed.toArray(Long[]::new)));
            }
            assertThat(values(job)).isEqualTo(expected.toString().replace(" ", ""));
            assertThat(results(job, Map.of("state", "succeeded")))
                    .hasSize((int) jobs.get(job).tasks().succeeded());
            assertThat(results(job, Map.of("state", "failed")))
                    .hasSize((int) jobs.get(job).tasks().failed());
            if (round < 3) {
                jobs.retry(job);
            }
        }
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void moreFailuresThanAllowedEndTheJob() throws IOException {
        long job =
                jobs.add(10, batchesOf(2).maxFailures(new MaxFailures(20, true)).build());
        Lease first = take();
        Lease second = take();
        Lease third = take();
        post(first, part(first, "1", 0L, 1L));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.RUNNING);

        post(second, part(second, "1", 2L));

        JobRow ended = jobs.get(job);
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(ended.tasks().failed()).isEqualTo(3);
        assertThat(ended.tasks().succeeded()).isEqualTo(1);
        assertThat(ended.tasks().cancelled()).isEqualTo(6);
        assertThat(post(third, part(third, "1"))).isEqualTo(new Recorded(0, 2));
        assertThat(results(job, Map.of("state", "cancelled"))).hasSize(6);
    }

    @Test
    void deadlineFollowsTheClockOfTheMaster() throws IOException {
        long job = jobs.add(4, batchesOf(2).deadlineSeconds(60.0).build());
        Lease lease = take();
        post(lease, part(lease, "1"));
        now = now.plusSeconds(59);
        jobs.enforceDeadlines();
        assertThat(jobs.get(job).state()).isEqualTo(JobState.RUNNING);

        now = now.plusSeconds(1);
        jobs.enforceDeadlines();

        check(job);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(results(job, Map.of("state", "cancelled")))
                .containsExactly(
                        "{\"index\":2,\"state\":\"cancelled\",deadline}",
                        "{\"index\":3,\"state\":\"cancelled\",deadline}");
        jobs.retry(job);
        jobs.enforceDeadlines();
        assertThat(jobs.get(job).state())
                .as("the deadline counts from the retry")
                .isEqualTo(JobState.QUEUED);
        now = now.plusSeconds(60);
        jobs.enforceDeadlines();
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void pausedJobRecordsRunningTasks() {
        long job = jobs.add(4, batchesOf(2).build());
        Lease lease = take();
        jobs.pause(job);
        List<Lease> leases = store.writeAndWait(sql -> batchAllocator.allocate(sql, worker, "request", 1));
        assertThat(leases).isEmpty();
        post(lease, part(lease, "1"));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.PAUSED);
        jobs.pause(job);
        jobs.resume(job);
        jobs.resume(job);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.RUNNING);
        Lease rest = take();
        post(rest, part(rest, "1"));
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThatThrownBy(() -> jobs.pause(job)).isInstanceOf(MasterException.Conflict.class);
        assertThatThrownBy(() -> jobs.resume(job)).isInstanceOf(MasterException.Conflict.class);
    }

    @Test
    void retryOnRetriesNamedExceptionsUpToMaxAttempts() {
        for (String name : List.of("a.b.Main$Boom", "a.b.Main.Boom", "Boom")) {
            JobOptions options =
                    batchesOf(1).retryOn(List.of(name, name)).maxAttempts(2).build();
            long job = jobs.add(1, options);
            for (int attempt = 1; attempt <= 2; attempt++) {
                Lease lease = take();
                assertThat(lease.attempt()).isEqualTo(attempt);
                post(lease, TestParts.exception(0, "a.b.Main$Boom"));
                now = now.plusSeconds(1); // the next attempt waits
            }
            assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        }
        long other =
                jobs.add(1, batchesOf(1).retryOn(List.of("oom", "Main$Boom")).build());
        post(take(), TestParts.exception(0, "a.b.Main$Boom"));
        assertThat(jobs.get(other).state()).as("exception not in retryOn").isEqualTo(JobState.FAILED);
    }
}
