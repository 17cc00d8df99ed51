package io.minimalcluster.master.reduce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.result.record.RecordPart;
import io.minimalcluster.master.result.record.ResultPart;
import io.minimalcluster.master.result.record.TestParts;
import io.minimalcluster.master.scheduling.BatchAllocator;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.master.worker.WorkerLiveness;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reductions from the last task to the end of the job, on a real store with a simulated worker. */
@Tag("store")
class ReductionTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String ADD = "add(long,long)";

    @TempDir
    Path folder;

    private final BatchAllocator batchAllocator = TestLeases.allocator(CLOCK);
    private final RecordPart recordPart = new RecordPart(CLOCK, JsonMapper.shared());
    private Store store;
    private TestJobs jobs;
    private TestReductions reductions;
    private WorkerId worker;

    @BeforeEach
    void open() {
        reopen();
        worker = new TestWorkers(store, CLOCK).register("w", 2);
    }

    private void reopen() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, CLOCK);
        reductions = new TestReductions(store, CLOCK, TestJobs.SQUARE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long job(long total, String reduce) {
        return jobs.add(
                total, JobOptions.builder().reduce(reduce).batchSize(1000).build());
    }

    private RecordPart.Outcome post(Lease lease, LongFunction<String> value) {
        SegmentBuilder values = new SegmentBuilder(lease.first());
        for (long index = lease.first(); index < lease.last(); index++) {
            byte[] bytes = value.apply(index).getBytes(UTF_8);
            values.add(bytes, 0, bytes.length);
        }
        return post(lease, new ResultPart(values.build(), new TreeMap<>(), new long[0], List.of(), true));
    }

    private RecordPart.Outcome post(Lease lease, ResultPart part) {
        return store.writeAndWait(sql -> {
            WorkerLiveness.recordContact(sql, worker, CLOCK.millis());
            return recordPart.record(sql, worker, lease.id(), part);
        });
    }

    private List<Lease> take() {
        return store.writeAndWait(sql -> batchAllocator.allocate(sql, worker, "r", 8));
    }

    /** Completes all tasks of the job, each with its index as value. */
    private RecordPart.End completeTasks(long job) {
        RecordPart.End end = RecordPart.End.NONE;
        for (List<Lease> leases = take(); !leases.isEmpty(); leases = take()) {
            for (Lease lease : leases) {
                assertThat(lease.jobSeq()).isEqualTo(job);
                end = post(lease, Long::toString).end();
            }
        }
        return end;
    }

    /** Simulates the executor: sums the values of one group. */
    private long sumGroup(Lease lease, long index) {
        Segment segment = store.read(sql -> sql.sql(
                        "select first, count, data, lengths from argument_segment where job_seq = :job and first <= :at"
                                + " order by first desc limit 1")
                .param("job", lease.jobSeq())
                .param("at", index)
                .query((row, number) -> new Segment(
                        row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths")))
                .single());
        long sum = 0;
        for (JsonNode value : JsonMapper.shared().readTree(segment.value(index))) {
            sum += value.asLong();
        }
        return sum;
    }

    private long count(String fromClause) {
        return store.read(sql ->
                sql.sql("select count(*) from " + fromClause).query(Long.class).single());
    }

    @Test
    void jobEndsAfterItsReduction() {
        long job = job(10_000, "sum");

        assertThat(completeTasks(job)).isEqualTo(RecordPart.End.TASKS);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(jobs.get(job).tasks().succeeded()).isEqualTo(10_000);

        reductions.finish(job);

        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.get(job).reduction().value()).isEqualTo("49995000");
        assertThat(count("reduction")).isZero();
    }

    @Test
    void largeReductionContinuesAcrossRestarts() {
        long job = job(1_000_000, "sum");
        completeTasks(job);
        int slices = 0;
        while (!jobs.get(job).state().isTerminal()) {
            reductions.step(job);
            slices++;
            store.close();
            reopen();
        }
        assertThat(slices).isEqualTo(4);
        assertThat(jobs.get(job).reduction().value()).isEqualTo("499999500000");
    }

    @Test
    void countNeedsNoValuesAndAnEmptyJobIsReducedAtOnce() {
        long job = job(5, "count");
        completeTasks(job);
        reductions.finish(job);
        assertThat(jobs.get(job).reduction().value()).isEqualTo("5");

        long empty = job(0, "sum");
        assertThat(jobs.get(empty).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.get(empty).reduction().value()).isEqualTo("0");
        assertThat(jobs.get(job(0, "max")).reduction().value()).isEqualTo("null");
    }

    @Test
    void jobWithAFailedTaskIsNotReduced() {
        long job = job(1, "sum");
        Lease lease = take().getFirst();
        RecordPart.Outcome outcome = post(lease, TestParts.of(0, 1, "1", Map.of(0L, ErrorKind.EXCEPTION), true));
        assertThat(outcome.end()).isEqualTo(RecordPart.End.JOB);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.get(job).reduction().value()).isNull();
    }

    @Test
    void nonNumericValueFailsTheJobWithItsIndex() {
        long job = job(3, "sum");
        take().forEach(lease -> post(lease, index -> index == 2 ? "\"x\"" : "1"));
        reductions.finish(job);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.get(job).reduction().error()).contains("index 2");
    }

    @Test
    void methodReductionUsesHiddenJobs() {
        long job = job(10_000, ADD);
        completeTasks(job);
        int rounds = 0;
        while (!jobs.get(job).state().isTerminal()) {
            assertThat(rounds++).isLessThan(3);
            reductions.step(job);
            store.close();
            reopen();
            reductions.step(job); // a step is idempotent, also after a restart
            for (Lease lease : take()) {
                assertThat(lease.jobSeq()).isNotEqualTo(job);
                post(lease, index -> Long.toString(sumGroup(lease, index)));
            }
        }
        assertThat(jobs.get(job).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(jobs.get(job).reduction().value()).isEqualTo("49995000");
        assertThat(count("job where state <> 'DELETED'")).isEqualTo(1);
        assertThat(count("reduction")).isZero();
    }

    @Test
    void exceptionInTheMethodFailsTheJobWithAReason() {
        long job = job(10, ADD);
        completeTasks(job);
        reductions.step(job);
        Lease lease = take().getFirst();
        post(lease, TestParts.of(0, 1, "why", Map.of(0L, ErrorKind.EXCEPTION), true));

        reductions.finish(job);

        assertThat(jobs.get(job).state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.get(job).reduction().error()).contains(ADD).contains("Boom: why");
        assertThat(count("argument_segment")).as("arguments of the hidden job").isZero();
    }

    @Test
    void cancelStopsTheReduction() {
        long job = job(10, ADD);
        completeTasks(job);
        reductions.step(job);
        Lease lease = take().getFirst();

        jobs.cancel(job);

        assertThat(take()).isEmpty();
        assertThat(count("lease where state = 'OPEN' and seq = " + lease.seq())).isZero();
        reductions.finish(job);
        assertThat(jobs.get(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(count("reduction")).isZero();
    }

    @Test
    void deletedJobLeavesNoReduction() {
        long job = job(10, ADD);
        completeTasks(job);
        reductions.step(job);
        assertThat(take()).as("lease of the hidden job").hasSize(1);

        jobs.cancel(job);
        jobs.delete(job);

        assertThat(count("job")).isZero();
        for (String table : List.of("lease", "reduction", "argument_segment", "result_segment", "pending_range")) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    @Test
    void endedJobStartsNoFurtherReductionRound() {
        long job = job(10, ADD);
        completeTasks(job);
        assertThat(reductions.foldBy(job, 1000)).as("running job").isTrue();
        jobs.pause(job);
        assertThat(reductions.foldBy(job, 1001)).as("paused job").isTrue();

        jobs.cancel(job);

        assertThat(reductions.foldBy(job, 1002)).as("cancelled job").isFalse();
    }

    @Test
    void largeValuesMakeSmallerGroups() {
        String large = "\"" + "x".repeat(3 * 1024 * 1024) + "\"";
        long job = jobs.add(
                5,
                JobOptions.builder().reduce("join(String,String)").batchSize(1).build());
        for (List<Lease> leases = take(); !leases.isEmpty(); leases = take()) {
            leases.forEach(lease -> post(lease, _ -> large));
        }

        reductions.step(job);

        assertThat(count("argument_segment")).as("groups of two, two and one").isEqualTo(3);
    }
}
