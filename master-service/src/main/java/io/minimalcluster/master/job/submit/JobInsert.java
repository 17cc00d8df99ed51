package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.error.MasterException.TooManyRequests;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.job.TaskCounts;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.model.support.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Insertion of a job into the store.
 *
 * @param optionsJson the stored options, without the shared value
 * @param folding the reduction that the job belongs to; null for a job of a client
 * @param maxPerOwner quota of unfinished jobs per owner
 */
public record JobInsert(
        JobId id,
        String owner,
        TargetResolver.Target target,
        JobOptions options,
        String optionsJson,
        @Nullable Folding folding,
        long total,
        @Nullable TaskRange range,
        long now,
        int maxPerOwner) {
    private static final int MAX_QUEUES = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final double MILLIS = 1000;
    private static final String UNFINISHED = """
            select count(*) from job
             where owner = :owner and state in ('QUEUED', 'RUNNING', 'PAUSED') and parent_seq is null
            """;
    private static final String QUEUES = """
            select count(distinct requirements) from job
             where owner = :owner and state in ('QUEUED', 'RUNNING', 'PAUSED')
            """;
    private static final String ADD_LABEL = """
            insert into job_label (job_seq, name, value) values (:job, :name, :value)
            """;
    private static final String CHECKED = """
            select exists (select 1 from environment where id = :environment) as known,
                   (select count(*) from job
                     where :isOfClient and owner = :owner and state in ('QUEUED', 'RUNNING', 'PAUSED')
                       and parent_seq is null) as unfinished
            """;

    /**
     * Inserts the job, or completes the invisible job of its upload. Returns its number.
     *
     * @param receiving number of the invisible job; null if there is none
     * @param accepted runs after the checks
     */
    long insert(JdbcClient sql, @Nullable Long receiving, Runnable accepted) {
        checkQuotaAndEnvironment(sql);
        if (folding == null) {
            checkRequirements(sql, owner, options);
        }
        accepted.run();
        long seq = JobProgress.queue(sql, receiving, values());
        keepLabels(sql, seq);
        if (total > 0) {
            Leases.makePending(sql, seq, new IndexRange(0, total), LossPolicy.FIRST);
        }
        keepShared(sql, seq);
        keepReduced(sql, seq);
        return seq;
    }

    private void keepShared(JdbcClient sql, long seq) {
        RawJson shared = options.shared();
        if (shared != null) {
            sql.sql("insert into shared_value (job_seq, data) values (:job, :data)")
                    .param("job", seq)
                    .param("data", shared.text().getBytes(StandardCharsets.UTF_8))
                    .update();
        }
    }

    /** Stores the reduced value of a job without tasks: 0 for sum and count, otherwise null. */
    private void keepReduced(JdbcClient sql, long seq) {
        String reduced = total == 0 ? reducedOfNothing() : null;
        if (reduced != null) {
            sql.sql("insert into reduced_value (job_seq, value) values (:job, :value)")
                    .param("job", seq)
                    .param("value", reduced)
                    .update();
        }
    }

    private @Nullable String reducedOfNothing() {
        if (target.reduce() == null) {
            return null;
        }
        return target.reduce().equals("sum") || target.reduce().equals("count") ? "0" : "null";
    }

    /**
     * Limits the number of different requirements per owner, because each poll reads all of them.
     *
     * @throws TooManyRequests if the owner has too many
     */
    public static void checkRequirements(JdbcClient sql, String owner, JobOptions options) {
        if (!JobRequirements.of(options).equals(JobRequirements.NONE)) {
            long queues =
                    sql.sql(QUEUES).param("owner", owner).query(Long.class).single();
            if (queues >= MAX_QUEUES) {
                throw new TooManyRequests(
                        "There are unfinished jobs of yours with " + queues + " different requirements.", RETRY_AFTER);
            }
        }
    }

    private void keepLabels(JdbcClient sql, long seq) {
        Map<String, String> labels = options.labels() == null ? Map.of() : options.labels();
        labels.forEach((name, value) -> sql.sql(ADD_LABEL)
                .param("job", seq)
                .param("name", name)
                .param("value", value)
                .update());
    }

    private void checkQuotaAndEnvironment(JdbcClient sql) {
        boolean isKnown = sql.sql(CHECKED)
                .param("environment", target.environment().value())
                .param("isOfClient", folding == null)
                .param("owner", owner)
                .query((row, number) -> {
                    checkQuota(row.getLong("unfinished"), maxPerOwner);
                    return row.getBoolean("known");
                })
                .single();
        if (!isKnown) {
            throw new NotFound("environment " + target.environment());
        }
    }

    public static void checkQuota(JdbcClient sql, String owner, int maxPerOwner) {
        checkQuota(sql.sql(UNFINISHED).param("owner", owner).query(Long.class).single(), maxPerOwner);
    }

    private static void checkQuota(long unfinished, int maxPerOwner) {
        if (unfinished >= maxPerOwner) {
            throw new TooManyRequests("There are " + unfinished + " unfinished jobs of yours.", RETRY_AFTER);
        }
    }

    /** The row that {@link #insert} adds, without a query. */
    JobRow row(long seq) {
        return new JobRow(
                seq,
                id,
                owner,
                target.name(),
                target.environment(),
                target.function().signature(),
                total == 0 ? JobState.SUCCEEDED : JobState.QUEUED,
                optionsJson,
                new TaskCounts(total, total, 0, 0, 0, 0),
                range == null ? null : new TaskRange(range.from(), 0, RangeSize.step(range)),
                orDefault(options.taskTimeoutSeconds(), JobOptionsValidator.TASK_TIMEOUT_SECONDS),
                new JobRow.ExecutionMode(
                        JobRequirements.of(options).key(),
                        Boolean.TRUE.equals(options.network()),
                        folding != null,
                        sharedSha256()),
                new JobRow.Reduction(target.reduce(), total == 0 ? reducedOfNothing() : null, null),
                0,
                0,
                null,
                Instant.ofEpochMilli(now),
                null,
                total == 0 ? Instant.ofEpochMilli(now) : null);
    }

    private @Nullable String sharedSha256() {
        return options.shared() == null ? null : Sha256.hex(options.shared().text());
    }

    private Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("id", id.value());
        values.put("owner", owner);
        values.put("name", options.name());
        values.put("function", target.name());
        values.put("environment", target.environment().value());
        values.put("method", target.function().signature());
        values.put("state", total == 0 ? "SUCCEEDED" : "QUEUED");
        values.put("options", optionsJson);
        values.put("priority", orDefault(options.priority(), JobOptionsValidator.PRIORITY));
        values.put("batchSize", options.batchSize());
        values.put("maxAttempts", orDefault(options.maxAttempts(), JobOptionsValidator.MAX_ATTEMPTS));
        values.put("taskTimeout", orDefault(options.taskTimeoutSeconds(), JobOptionsValidator.TASK_TIMEOUT_SECONDS));
        values.put("total", total);
        values.put("rangeFrom", range == null ? null : range.from());
        values.put("rangeStep", range == null ? null : RangeSize.step(range));
        values.put("now", now);
        values.put("finished", total == 0 ? now : null);
        values.putAll(endingValues());
        values.put("requirements", JobRequirements.of(options).key());
        values.put("network", Boolean.TRUE.equals(options.network()) ? 1 : 0);
        values.put("shared", sharedSha256());
        values.put("reduce", target.reduce());
        values.put("parent", folding == null ? null : folding.parent());
        values.put("fold", folding == null ? 0 : 1);
        values.put("copies", Boolean.FALSE.equals(options.copies()) ? 0 : 1);
        return values;
    }

    /** The values of the columns for limits, deadline and retention. */
    private Map<String, @Nullable Object> endingValues() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(
                "maxFailures",
                options.maxFailures() == null ? null : options.maxFailures().of(total));
        values.put(
                "retryOn",
                options.retryOn() == null ? null : JsonMapper.shared().writeValueAsString(options.retryOn()));
        values.put("deadline", deadline(options, now));
        values.put("retentionMillis", millis(options.keepSeconds()));
        return values;
    }

    /** Time of the deadline of a job that starts now, in epoch milliseconds; null for none. */
    public static @Nullable Long deadline(JobOptions options, long now) {
        Long millis = millis(options.deadlineSeconds());
        return millis == null ? null : now + millis;
    }

    private static @Nullable Long millis(@Nullable Double seconds) {
        return seconds == null ? null : Math.round(seconds * MILLIS);
    }

    /**
     * The reduction that an internal job belongs to.
     *
     * @param parent the job whose values are folded
     */
    record Folding(long parent) {}

    private static <T> T orDefault(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
