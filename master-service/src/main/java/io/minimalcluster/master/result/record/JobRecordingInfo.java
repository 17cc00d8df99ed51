package io.minimalcluster.master.result.record;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The data of a job that recording needs.
 *
 * @param retryOn names of exception classes, with or without their package; subclasses match too
 * @param succeeded number of tasks with a success before the part
 * @param failed number of tasks with a failure before the part
 * @param maxFailures number of failures that the job may have; null without a limit
 * @param requirements key of the job's requirements
 * @param reduces whether the job has a reduction
 * @param parent the job whose values it folds; null for a job of a client
 */
record JobRecordingInfo(
        long seq,
        JobId id,
        String environment,
        String method,
        JobState state,
        int maxAttempts,
        Set<String> retryOn,
        int round,
        long nextPosition,
        long total,
        long succeeded,
        long failed,
        @Nullable Long maxFailures,
        String requirements,
        boolean reduces,
        @Nullable Long parent) {
    /** The columns that {@link #of} reads, of a join with a lease. */
    static final String COLUMNS = "job.id as job_id, job.environment_id, job.method, job.state as job_state,"
            + " job.max_attempts, job.retry_on, job.round as job_round, job.next_position, job.total, job.succeeded,"
            + " job.failed, job.max_failures, job.requirements, job.reduce, job.parent_seq";

    static JobRecordingInfo of(ResultSet row) throws SQLException {
        long maxFailures = row.getLong("max_failures");
        Long limit = row.wasNull() ? null : maxFailures;
        long parent = row.getLong("parent_seq");
        return new JobRecordingInfo(
                row.getLong("job_seq"),
                new JobId(row.getString("job_id")),
                row.getString("environment_id"),
                row.getString("method"),
                JobState.valueOf(row.getString("job_state")),
                row.getInt("max_attempts"),
                retryOn(row.getString("retry_on")),
                row.getInt("job_round"),
                row.getLong("next_position"),
                row.getLong("total"),
                row.getLong("succeeded"),
                row.getLong("failed"),
                limit,
                row.getString("requirements"),
                row.getString("reduce") != null,
                parent == 0 ? null : parent);
    }

    private static Set<String> retryOn(@Nullable String json) {
        return json == null ? Set.of() : Set.copyOf(List.of(JsonMapper.shared().readValue(json, String[].class)));
    }

    /** Whether a failure permits another attempt, if the task has one left. */
    boolean isRetryable(IndexedError error) {
        return switch (error.kind()) {
            case CRASH, OUT_OF_MEMORY -> true;
            case EXCEPTION -> error.types().anyMatch(this::isNamed);
            case TIMEOUT, ARGUMENT, RESULT_TOO_LARGE, LOST, DEADLINE -> false;
        };
    }

    /** Whether {@code retryOn} has the class, by its full name or its name without package and outer class. */
    private boolean isNamed(String type) {
        String name = type.replace('$', '.');
        return retryOn.contains(type)
                || retryOn.contains(name)
                || retryOn.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /** Whether more tasks than allowed have failed, with further failures. */
    boolean hasTooManyFailures(long more) {
        return maxFailures != null && failed + more > maxFailures;
    }

    /** Whether every task has an outcome, with further outcomes. */
    boolean isSettled(long more) {
        return succeeded + failed + more == total;
    }

    boolean isOver() {
        return state.isTerminal();
    }
}
