package io.minimalcluster.master.job;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.job.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Converts rows of jobs to their API representation. */
@Component
public class JobView {
    private static final double MILLIS = 1000;
    private static final String REDUCED = "select value from reduced_value where job_seq = :job";

    private final Store store;
    private final InstantSource clock;
    private final JsonMapper json;

    public JobView(Store store, InstantSource clock, JsonMapper json) {
        this.store = store;
        this.clock = clock;
        this.json = json;
    }

    /** Converts one job, with its reduced value of any length. */
    Job ofOne(JobRow row) {
        boolean isLong =
                row.reduction().by() != null && row.reduction().value() == null && row.state() == JobState.SUCCEEDED;
        JobRow all = isLong ? row.withReduced(reduced(row.seq())) : row;
        return of(List.of(all)).apply(all);
    }

    /** Converts a new job whose first batch a waiting poll takes, so that the workers need not be read. */
    Job ofAwaited(JobRow row) {
        JobOptions options = json.readValue(row.options(), JobOptions.class);
        return of(row, options, JobStateReason.allocating(row.tasks()));
    }

    private @Nullable String reduced(long seq) {
        return store.read(sql ->
                        sql.sql(REDUCED).param("job", seq).query(String.class).optional())
                .orElse(null);
    }

    /** Returns a converter for these jobs. The availability of workers is queried once for all of them. */
    Function<JobRow, Job> of(List<JobRow> rows) {
        WorkerAvailability availability = rows.stream().anyMatch(JobView::dependsOnWorkers)
                ? store.read(sql -> WorkerAvailability.of(sql, json))
                : WorkerAvailability.NONE;
        return row -> of(row, availability);
    }

    /** Whether the reason for the job's state depends on the available workers. */
    private static boolean dependsOnWorkers(JobRow row) {
        return switch (row.state()) {
            case QUEUED -> true;
            case RUNNING -> row.tasks().running() == 0;
            case PAUSED, SUCCEEDED, FAILED, CANCELLED -> false;
        };
    }

    private Job of(JobRow row, WorkerAvailability availability) {
        JobOptions options = json.readValue(row.options(), JobOptions.class);
        return of(row, options, JobStateReason.of(row, options, availability));
    }

    private Job of(JobRow row, JobOptions options, JobStateReason reason) {
        double throughput = throughput(row);
        return new Job(
                row.id(),
                options.name(),
                row.function(),
                row.method(),
                row.environmentId(),
                row.state(),
                reason.describe(row),
                row.tasks(),
                throughput,
                eta(row, throughput),
                row.createdAt(),
                row.startedAt(),
                row.finishedAt(),
                row.owner(),
                options,
                reduced(row));
    }

    private @Nullable RawJson reduced(JobRow row) {
        if (row.reduction().by() == null || row.state() != JobState.SUCCEEDED) {
            return null;
        }
        String value = row.reduction().value();
        return value == null ? null : new RawJson(value);
    }

    private double throughput(JobRow row) {
        Instant start = row.startedAt();
        if (start == null) {
            return 0;
        }
        Instant end = row.finishedAt() == null ? clock.instant() : row.finishedAt();
        double seconds = Math.max(1, Duration.between(start, end).toMillis()) / MILLIS;
        return (row.tasks().succeeded()
                        - row.previouslySucceeded()
                        + row.tasks().failed())
                / seconds;
    }

    private static @Nullable Double eta(JobRow row, double throughput) {
        TaskCounts tasks = row.tasks();
        boolean known = row.state() == JobState.RUNNING && throughput > 0;
        return known ? (tasks.pending() + tasks.running()) / throughput : null;
    }
}
