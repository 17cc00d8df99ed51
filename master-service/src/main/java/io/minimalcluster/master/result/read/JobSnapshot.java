package io.minimalcluster.master.result.read;

import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.job.TerminationReason;
import io.minimalcluster.model.job.JobState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where a job stands, looked up anew with each piece that is read of it.
 *
 * @param isOver whether nothing more will be recorded, but for a retry
 * @param round how often it was retried
 */
record JobSnapshot(
        boolean isOver, int round, long total, @Nullable TerminationReason terminationReason) {
    private static final String NOW = """
            select state, round, total, ending from job where seq = :job and state not in ('RECEIVING', 'DELETED')
            """;

    /** @throws NotFound if it was deleted meanwhile */
    static JobSnapshot of(JdbcClient sql, long job) {
        return sql.sql(NOW)
                .param("job", job)
                .query((row, number) -> new JobSnapshot(
                        JobState.valueOf(row.getString("state")).isTerminal(),
                        row.getInt("round"),
                        row.getLong("total"),
                        TerminationReason.of(row.getString("ending"))))
                .optional()
                .orElseThrow(() -> new NotFound("job any more: it was deleted"));
    }

    /** Whether an error in the block still stands: a retry takes those of earlier rounds back. */
    boolean stands(RecordedBlock block) {
        return block.round() == round;
    }
}
