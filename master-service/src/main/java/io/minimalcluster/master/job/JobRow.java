package io.minimalcluster.master.job;

import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import io.minimalcluster.model.job.TaskRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Row of a job in the store.
 *
 * @param options JSON
 * @param range the range that generates the arguments; null where arguments are stored
 * @param taskTimeoutSeconds 0 for none
 * @param round number of retries of the job
 * @param previouslySucceeded number of tasks that had succeeded before this round
 * @param terminationReason reason of an early end; null if the job did not end early
 */
public record JobRow(
        long seq,
        JobId id,
        String owner,
        @Nullable String function,
        EnvironmentId environmentId,
        String method,
        JobState state,
        String options,
        TaskCounts tasks,
        @Nullable TaskRange range,
        double taskTimeoutSeconds,
        ExecutionMode executionMode,
        Reduction reduction,
        int round,
        long previouslySucceeded,
        @Nullable TerminationReason terminationReason,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    static final String COLUMNS = """
            seq, id, owner, function, environment_id, method, state, options, total, running, succeeded, failed,
            range_from, range_step, task_timeout_seconds, round, previously_succeeded, termination_reason, created_at,
            started_at, finished_at, requirements, network, fold, shared_sha256, reduce, reduce_error,
            (select case when length(value) <= 65536 then value end from reduced_value where job_seq = seq) as reduced
            """;

    /**
     * Execution settings of the tasks.
     *
     * @param requirements key of the job's requirements, see {@code JobRequirements}
     * @param fold whether the tasks are arrays to fold
     * @param sharedSha256 digest of the shared value of all tasks; null for none
     */
    public record ExecutionMode(
            String requirements,
            boolean network,
            boolean fold,
            @Nullable String sharedSha256) {}

    /**
     * Reduction of the values.
     *
     * @param by built-in or signature of the method that folds the values; null for none
     * @param value the reduced value, if it is short
     * @param error reason of a failed reduction
     */
    public record Reduction(
            @Nullable String by,
            @Nullable String value,
            @Nullable String error) {}

    static JobRow of(ResultSet row, int number) throws SQLException {
        JobState state = JobState.valueOf(row.getString("state"));
        return new JobRow(
                row.getLong("seq"),
                new JobId(row.getString("id")),
                row.getString("owner"),
                row.getString("function"),
                new EnvironmentId(row.getString("environment_id")),
                row.getString("method"),
                state,
                row.getString("options"),
                counts(row, state),
                range(row),
                row.getDouble("task_timeout_seconds"),
                new ExecutionMode(
                        row.getString("requirements"),
                        row.getBoolean("network"),
                        row.getBoolean("fold"),
                        row.getString("shared_sha256")),
                new Reduction(row.getString("reduce"), row.getString("reduced"), row.getString("reduce_error")),
                row.getInt("round"),
                row.getLong("previously_succeeded"),
                TerminationReason.of(row.getString("termination_reason")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "started_at"),
                time(row, "finished_at"));
    }

    /**
     * Tasks that are neither finished nor running count as pending, or as cancelled if the job has ended. So the counts
     * always add up to the total.
     */
    private static TaskCounts counts(ResultSet row, JobState state) throws SQLException {
        long total = row.getLong("total");
        long running = state.isTerminal() ? 0 : row.getLong("running");
        long succeeded = row.getLong("succeeded");
        long failed = row.getLong("failed");
        long rest = total - running - succeeded - failed;
        return new TaskCounts(
                total, state.isTerminal() ? 0 : rest, running, succeeded, failed, state.isTerminal() ? rest : 0);
    }

    /** The row as the caller may see it. Only the owner sees the reduced value. */
    JobRow visibleTo(Caller caller) {
        return caller.owns(owner) ? this : with(new Reduction(null, null, null));
    }

    /** A copy with the reduced value. */
    JobRow withReduced(@Nullable String value) {
        return with(new Reduction(reduction.by(), value, reduction.error()));
    }

    private JobRow with(Reduction changed) {
        return new JobRow(
                seq,
                id,
                owner,
                function,
                environmentId,
                method,
                state,
                options,
                tasks,
                range,
                taskTimeoutSeconds,
                executionMode,
                changed,
                round,
                previouslySucceeded,
                terminationReason,
                createdAt,
                startedAt,
                finishedAt);
    }

    private static @Nullable TaskRange range(ResultSet row) throws SQLException {
        long from = row.getLong("range_from");
        return row.wasNull() ? null : new TaskRange(from, 0, row.getLong("range_step"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
