package io.minimalcluster.master.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.job.TestJobs;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.job.JobOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

@Tag("store")
class BatchesHealthTest {
    @Test
    void refusedBatchIsShownWhileItWaits(@TempDir Path folder) {
        try (Store store = TestStore.in(folder)) {
            TestJobs jobs = new TestJobs(store, InstantSource.system());
            HealthIndicator health = new HealthConfiguration().batchesHealthIndicator(store);
            jobs.add(10, JobOptions.DEFAULTS);
            assertThat(status(health)).isEqualTo(Status.UP);

            store.writeAndWait(
                    sql -> sql.sql("update pending_range set refusals = 1").update());
            assertThat(status(health)).isEqualTo(Status.UNKNOWN);

            store.writeAndWait(sql -> sql.sql("delete from pending_range").update());
            assertThat(status(health)).isEqualTo(Status.UP);
        }
    }

    private static Status status(HealthIndicator health) {
        return Objects.requireNonNull(health.health()).getStatus();
    }
}
