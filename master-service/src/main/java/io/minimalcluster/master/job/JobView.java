package io.minimalcluster.master.job;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Shows a job to people. */
@Component
class JobView {
    private static final double MILLIS = 1000;

    private final Store store;
    private final InstantSource clock;
    private final JsonMapper json;

    JobView(Store store, InstantSource clock, JsonMapper json) {
        this.store = store;
        this.clock = clock;
        this.json = json;
    }

    Job of(JobRow row) {
        JobOptions options = json.readValue(row.options(), JobOptions.class);
        double throughput = throughput(row);
        return new Job(
                row.id(),
                options.name(),
                row.function(),
                row.method(),
                row.environmentId(),
                row.state(),
                reason(row),
                row.tasks(),
                throughput,
                eta(row, throughput),
                row.createdAt(),
                row.startedAt(),
                row.finishedAt(),
                row.owner(),
                options);
    }

    private double throughput(JobRow row) {
        Instant start = row.startedAt();
        if (start == null) {
            return 0;
        }
        Instant end = row.finishedAt() == null ? clock.instant() : row.finishedAt();
        double seconds = Math.max(1, Duration.between(start, end).toMillis()) / MILLIS;
        return (row.tasks().succeeded() + row.tasks().failed()) / seconds;
    }

    private static @Nullable Double eta(JobRow row, double throughput) {
        TaskCounts tasks = row.tasks();
        boolean known = row.state() == JobState.RUNNING && throughput > 0;
        return known ? (tasks.pending() + tasks.running()) / throughput : null;
    }

    private @Nullable String reason(JobRow row) {
        return switch (row.state()) {
            case QUEUED -> hasWorker() ? "waits for a free slot" : "no worker is registered";
            case FAILED -> row.tasks().failed() + " of " + row.tasks().total() + " tasks failed";
            case CANCELLED -> "cancelled";
            case PAUSED -> "paused";
            case RUNNING, SUCCEEDED -> null;
        };
    }

    private boolean hasWorker() {
        return store.read(sql -> sql.sql("select 1 from worker where state = 'ACTIVE' limit 1")
                .query(Integer.class)
                .optional()
                .isPresent());
    }
}
