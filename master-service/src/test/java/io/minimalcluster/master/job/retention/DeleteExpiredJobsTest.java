package io.minimalcluster.master.job.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.environment.TestEnvironments;
import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class DeleteExpiredJobsTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private Store store;
    private TestJobs jobs;
    private DeleteExpiredJobs expiry;

    @BeforeEach
    void open() {
        store = TestStore.in(folder);
        jobs = new TestJobs(store, clock);
        expiry = new DeleteExpiredJobs(
                store,
                clock,
                new RetentionSettings(Duration.ofDays(30)),
                TestEnvironments.unused(store),
                new JobSubscriptions());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long cancelled(JobOptions options) {
        long job = jobs.add(10, options);
        jobs.cancel(job);
        return job;
    }

    private boolean exists(long job) {
        return count("job where seq = " + job) == 1;
    }

    private long count(String fromClause) {
        return store.read(sql ->
                sql.sql("select count(*) from " + fromClause).query(Long.class).single());
    }

    private void advance(Duration time) {
        now = now.plus(time);
        expiry.tick();
    }

    @Test
    void jobIsDeletedAfterItsRetention() {
        long defaultRetention = cancelled(JobOptions.DEFAULTS);
        long shortRetention = cancelled(JobOptions.builder().keepSeconds(60.0).build());
        long longRetention = cancelled(JobOptions.builder().keepSeconds(1e8).build());
        long running = jobs.add(10, JobOptions.builder().keepSeconds(0.0).build());
        advance(Duration.ofSeconds(59));
        assertThat(exists(shortRetention)).isTrue();
        advance(Duration.ofSeconds(1));
        assertThat(exists(shortRetention)).isFalse();
        assertThat(exists(defaultRetention)).isTrue();
        advance(Duration.ofDays(30));
        assertThat(exists(defaultRetention)).isFalse();
        assertThat(exists(longRetention)).isTrue();
        assertThat(exists(running)).isTrue();
        assertThat(count("lease") + count("pending_range")).isEqualTo(1);
    }

    @Test
    void retriedJobIsKept() {
        long job = cancelled(JobOptions.builder().keepSeconds(60.0).build());
        now = now.plusSeconds(100);
        jobs.retry(job);
        advance(Duration.ZERO);
        assertThat(exists(job)).isTrue();
    }

    @Test
    void unownedEnvironmentIsDeletedAfterItsLastJob() {
        long job = cancelled(JobOptions.builder().keepSeconds(60.0).build());
        advance(Duration.ZERO);
        assertThat(count("environment")).isEqualTo(1);
        advance(Duration.ofSeconds(60));
        assertThat(exists(job)).isFalse();
        advance(Duration.ofMinutes(20));
        assertThat(count("environment")).isZero();
    }

    @Test
    void ownedEnvironmentIsKept() {
        store.writeAndWait(sql -> sql.sql("insert into environment_owner (environment_id, owner, created_at)"
                        + " values ('env-1', 'me', 0)")
                .update());
        advance(Duration.ofMinutes(20));
        assertThat(count("environment")).isEqualTo(1);
    }
}
