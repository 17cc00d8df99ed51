package io.minimalcluster.master.result;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What recording needs to know of a job.
 *
 * @param needs the key of what it needs of a worker
 * @param reduces whether its values are to be folded
 * @param parent the job whose values it folds; null where it is one of its own
 */
record JobOfPart(
        JobId id,
        String environment,
        String method,
        JobState state,
        int maxAttempts,
        long nextPosition,
        String needs,
        boolean reduces,
        @Nullable Long parent) {
    static JobOfPart of(ResultSet row, int number) throws SQLException {
        long parent = row.getLong("parent_seq");
        return new JobOfPart(
                new JobId(row.getString("id")),
                row.getString("environment_id"),
                row.getString("method"),
                JobState.valueOf(row.getString("state")),
                row.getInt("max_attempts"),
                row.getLong("next_position"),
                row.getString("needs"),
                row.getString("reduce") != null,
                parent == 0 ? null : parent);
    }

    boolean isOver() {
        return state.isTerminal();
    }
}
