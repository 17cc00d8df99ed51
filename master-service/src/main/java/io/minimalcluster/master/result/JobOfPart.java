package io.minimalcluster.master.result;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What recording needs to know of a job. */
record JobOfPart(JobId id, String environment, String method, JobState state, int maxAttempts, long nextPosition) {
    static JobOfPart of(ResultSet row, int number) throws SQLException {
        return new JobOfPart(
                new JobId(row.getString("id")),
                row.getString("environment_id"),
                row.getString("method"),
                JobState.valueOf(row.getString("state")),
                row.getInt("max_attempts"),
                row.getLong("next_position"));
    }

    boolean isOver() {
        return state.isTerminal();
    }
}
