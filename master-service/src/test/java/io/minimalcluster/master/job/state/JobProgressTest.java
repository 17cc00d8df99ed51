package io.minimalcluster.master.job.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.state.JobTransition.StoredState;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The transitions of a job's state, each from every state. */
@Tag("store")
class JobProgressTest {
    private static final long NOW = 1_000;

    /** The method for each transition. QUEUE inserts a job and is covered by the tests of uploads. */
    private static final Map<JobTransition, ObjLongConsumer<JdbcClient>> METHODS = Map.of(
            JobTransition.DISCARD, JobProgress::discard,
            JobTransition.ALLOCATE, (sql, job) -> JobProgress.allocate(sql, job, 1, NOW),
            JobTransition.PAUSE, JobProgress::pause,
            JobTransition.RESUME, JobProgress::resume,
            JobTransition.COMPLETE, (sql, job) -> JobProgress.complete(sql, job, 1, 0, NOW),
            JobTransition.REDUCE, (sql, job) -> JobProgress.endReduction(sql, job, null, NOW),
            JobTransition.TERMINATE, (sql, job) -> JobProgress.terminate(sql, job, TerminationReason.DEADLINE, NOW),
            JobTransition.RETRY, (sql, job) -> JobProgress.retry(sql, job, null),
            JobTransition.DELETE, JobProgress::delete);

    @TempDir
    Path folder;

    private Store store;
    private TestJobs jobs;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    static Stream<Arguments> transitionsFromEachState() {
        return METHODS.keySet().stream()
                .flatMap(transition -> Arrays.stream(StoredState.values()).map(from -> arguments(transition, from)));
    }

    @ParameterizedTest(name = "{0} from {1}")
    @MethodSource("transitionsFromEachState")
    void changesTheStateOnlyAsTheTableAllows(JobTransition transition, StoredState from) {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        setState(job, from);
        apply(transition, job);
        if (transition.from().contains(from)) {
            assertThat(transition.to()).contains(state(job));
        } else {
            assertThat(state(job)).isEqualTo(from);
        }
    }

    /** Without effect if the method refuses the state. */
    private void apply(JobTransition transition, long job) {
        try {
            store.writeAndWait(sql -> {
                Objects.requireNonNull(METHODS.get(transition)).accept(sql, job);
                return job;
            });
        } catch (IllegalStateException e) {
            assertThat(transition).isEqualTo(JobTransition.ALLOCATE);
        }
    }

    private void setState(long job, StoredState state) {
        store.writeAndWait(sql -> sql.sql("update job set state = :state, started_at = :now where seq = :job")
                .param("state", state.name())
                .param("now", NOW)
                .param("job", job)
                .update());
    }

    private StoredState state(long job) {
        return store.read(sql -> sql.sql("select state from job where seq = :job")
                .param("job", job)
                .query(StoredState.class)
                .single());
    }

    @Test
    void resumedJobWithoutABatchIsQueued() {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        jobs.pause(job);
        jobs.resume(job);
        assertThat(state(job)).isEqualTo(StoredState.QUEUED);
    }

    @Test
    void removesHiddenJobsOnly() {
        long job = jobs.add(1, JobOptions.DEFAULTS);
        store.writeAndWait(sql -> {
            JobProgress.remove(sql, job);
            return job;
        });
        assertThat(state(job)).isEqualTo(StoredState.QUEUED);
    }
}
