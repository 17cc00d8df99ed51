package io.minimalcluster.master.job;

import io.minimalcluster.master.match.Abilities;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.master.match.Offers;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Shows a job to people. */
@Component
class JobView {
    private static final double MILLIS = 1000;
    private static final String REDUCED = "select value from reduced_value where job_seq = :job";
    private static final int MOST_WORKERS = 1000;
    private static final String OFFERS = "select labels, network from worker where state = 'ACTIVE' limit :most";

    private final Store store;
    private final InstantSource clock;
    private final JsonMapper json;

    JobView(Store store, InstantSource clock, JsonMapper json) {
        this.store = store;
        this.clock = clock;
        this.json = json;
    }

    /** With what it was folded into, however long that is. */
    Job whole(JobRow row) {
        boolean isLong =
                row.reduction().by() != null && row.reduction().value() == null && row.state() == JobState.SUCCEEDED;
        return of(isLong ? row.withReduced(reduced(row.seq())) : row);
    }

    private @Nullable String reduced(long seq) {
        return store.read(sql ->
                        sql.sql(REDUCED).param("job", seq).query(String.class).optional())
                .orElse(null);
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
        return (row.tasks().succeeded() + row.tasks().failed()) / seconds;
    }

    private static @Nullable Double eta(JobRow row, double throughput) {
        TaskCounts tasks = row.tasks();
        boolean known = row.state() == JobState.RUNNING && throughput > 0;
        return known ? (tasks.pending() + tasks.running()) / throughput : null;
    }

    private @Nullable String reason(JobRow row) {
        return switch (row.state()) {
            case QUEUED -> whyQueued(row);
            case FAILED ->
                row.reduction().error() != null
                        ? row.reduction().error()
                        : row.tasks().failed() + " of " + row.tasks().total() + " tasks failed";
            case CANCELLED -> "cancelled";
            case PAUSED -> "paused";
            case RUNNING -> isReducing(row) ? "reduces its values" : null;
            case SUCCEEDED -> null;
        };
    }

    private static boolean isReducing(JobRow row) {
        return row.reduction().by() != null
                && row.tasks().succeeded() == row.tasks().total();
    }

    private String whyQueued(JobRow row) {
        List<Abilities> workers = store.read(sql -> sql.sql(OFFERS)
                .param("most", row.manner().needs().isEmpty() ? 1 : MOST_WORKERS)
                .query(Offers::row)
                .list());
        if (workers.isEmpty()) {
            return "no worker is registered";
        }
        return workers.stream().anyMatch(Needs.of(row.manner().needs())::areMetBy)
                ? "waits for a free slot"
                : "no worker has what it requires";
    }
}
