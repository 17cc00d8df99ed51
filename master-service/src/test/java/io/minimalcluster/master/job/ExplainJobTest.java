package io.minimalcluster.master.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.scheduling.TestLeases;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.security.Role;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.worker.TestWorkers;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.Cause;
import io.minimalcluster.model.job.Explanation;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("store")
class ExplainJobTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final JobOptions SINGLE_TASK_BATCHES =
            JobOptions.builder().batchSize(1).build();

    @TempDir
    Path folder;

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

    private Explanation explain(long job) {
        return explain(job, TestJobs.CALLER);
    }

    private Explanation explain(long job, Caller caller) {
        return new ExplainJob(store, JsonMapper.shared())
                .explain(caller, jobs.get(job).id());
    }

    private void take(WorkerId worker, int batches) {
        store.writeAndWait(sql -> TestLeases.allocator(CLOCK).allocate(sql, worker, "request", batches));
    }

    private void setState(WorkerId worker, String state) {
        store.writeAndWait(sql -> sql.sql("update worker set state = :state where id = :id")
                .param("state", state)
                .param("id", worker.value())
                .update());
    }

    private void setTrouble(WorkerId worker, @Nullable String trouble) {
        store.writeAndWait(sql -> sql.sql("update worker set trouble = cast(:trouble as text) where id = :id")
                .param("trouble", trouble)
                .param("id", worker.value())
                .update());
    }

    private void expectExplanation(long job, Cause cause, String reason) {
        Explanation explanation = explain(job);
        assertThat(explanation.cause()).as(explanation.reason()).isEqualTo(cause);
        assertThat(explanation.reason()).contains(reason);
    }

    @Test
    void causeFollowsTheStateOfWorkersAndJob() {
        long job = jobs.add(10, SINGLE_TASK_BATCHES);
        expectExplanation(job, Cause.NO_WORKER, "no worker is registered");
        WorkerId worker = workers.register("w", 2);
        expectExplanation(job, Cause.HANDING_OUT, "free slots");
        setState(worker, "DRAINING");
        expectExplanation(job, Cause.ONLY_DRAINING, "draining");
        setTrouble(worker, "no memory");
        expectExplanation(job, Cause.BACKING_OFF, "1 worker cannot run tasks now");
        setTrouble(worker, null);
        setState(worker, "SILENT");
        expectExplanation(job, Cause.NO_WORKER, "1 worker timed out");
        setState(worker, "ACTIVE");
        take(worker, 3);
        expectExplanation(job, Cause.RUNNING, "3 tasks run, 7 wait for a free slot of 2");
        jobs.pause(job);
        expectExplanation(job, Cause.PAUSED, "paused, 3 tasks run");
        jobs.cancel(job);
        expectExplanation(job, Cause.ENDED, "cancelled");
    }

    @Test
    void reasonNamesLabelsThatNoWorkerHas() {
        workers.register("w", 2);
        long job = jobs.add(
                10,
                JobOptions.builder().requires(Map.of("gpu", "yes", "arch", "x")).build());
        expectExplanation(job, Cause.NO_FITTING_WORKER, "none of the 1 active workers has the labels arch=x, gpu=yes");
        assertThat(explain(job).workers().fitting()).isZero();
        assertThat(explain(job).requires()).containsEntry("gpu", "yes");
    }

    @Test
    void reasonNamesVisibleJobsThatHoldTheSlots() {
        WorkerId worker = workers.register("w", 2);
        long other = jobs.add(10, SINGLE_TASK_BATCHES);
        take(worker, 2);
        long job = jobs.add(10, SINGLE_TASK_BATCHES);

        expectExplanation(job, Cause.BEHIND_OTHERS, "all 2 are taken");
        assertThat(explain(job).ahead())
                .extracting(Explanation.Ahead::jobId)
                .containsExactly(jobs.get(other).id());
        store.writeAndWait(sql -> sql.sql("update job set owner = 'another' where seq = :seq")
                .param("seq", other)
                .update());
        Explanation toMe = explain(job, new Caller("me", Set.of(Role.CLIENT)));
        assertThat(toMe.ahead()).isEmpty();
        assertThat(toMe.othersAhead()).isEqualTo(1);
    }
}
