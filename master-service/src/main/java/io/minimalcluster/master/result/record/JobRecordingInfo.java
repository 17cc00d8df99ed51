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
 * What recording needs to know of a job.
 *
 * @param retryOn names of exception classes, with or without their package; those that extend one count too
 * @param needs the key of what it needs of a worker
 * @param reduces whether its values are to be folded
 * @param parent the job whose values it folds; null where it is one of its own
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
        String needs,
        boolean reduces,
        @Nullable Long parent) {
    static JobRecordingInfo of(ResultSet row, int number) throws SQLException {
        long parent = row.getLong("parent_seq");
        return new JobRecordingInfo(
                row.getLong("seq"),
                new JobId(row.getString("id")),
                row.getString("environment_id"),
                row.getString("method"),
                JobState.valueOf(row.getString("state")),
                row.getInt("max_attempts"),
                retryOn(row.getString("retry_on")),
                row.getInt("round"),
                row.getLong("next_position"),
                row.getString("needs"),
                row.getString("reduce") != null,
                parent == 0 ? null : parent);
    }

    private static Set<String> retryOn(@Nullable String json) {
        return json == null ? Set.of() : Set.copyOf(List.of(JsonMapper.shared().readValue(json, String[].class)));
    }

    /** Whether a task that ended so is worth another attempt, if it has one left. */
    boolean isWorthAnotherTry(IndexedError error) {
        return switch (error.kind()) {
            case CRASH, OUT_OF_MEMORY -> true;
            case EXCEPTION -> error.types().anyMatch(this::isNamed);
            case TIMEOUT, ARGUMENT, RESULT_TOO_LARGE, LOST, DEADLINE -> false;
        };
    }

    /** Named in full, or without its package or the class around it. */
    private boolean isNamed(String type) {
        String name = type.replace('$', '.');
        return retryOn.contains(type)
                || retryOn.contains(name)
                || retryOn.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    boolean isOver() {
        return state.isTerminal();
    }
}
