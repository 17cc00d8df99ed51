package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.model.job.JobState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * State of a job, read again with each block of its results.
 *
 * @param isOver whether the job has ended; only a retry can add results then
 * @param round number of retries of the job
 */
record JobSnapshot(
        boolean isOver, int round, long total, @Nullable TerminationReason terminationReason) {
    private static final String NOW = """
            select state, round, total, termination_reason from job
             where seq = :job and state not in ('RECEIVING', 'DELETED')
            """;

    /** @throws NotFound if the job was deleted */
    static JobSnapshot of(JdbcClient sql, long job) {
        return sql.sql(NOW)
                .param("job", job)
                .query((row, number) -> new JobSnapshot(
                        JobState.valueOf(row.getString("state")).isTerminal(),
                        row.getInt("round"),
                        row.getLong("total"),
                        TerminationReason.of(row.getString("termination_reason"))))
                .optional()
                .orElseThrow(() -> new NotFound("job any more: it was deleted"));
    }

    /** Whether the errors of a block are valid. A retry invalidates errors of earlier rounds. */
    boolean isCurrent(RecordedBlock block) {
        return block.round() == round;
    }
}
