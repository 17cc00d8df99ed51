package io.minimalcluster.master.cluster;

import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** The jobs of one state, and their tasks. */
record JobTotals(JobState state, long jobs, long total, long running, long succeeded, long failed) {
    static JobTotals of(ResultSet row, int number) throws SQLException {
        return new JobTotals(
                JobState.valueOf(row.getString("state")),
                row.getLong("jobs"),
                row.getLong("total"),
                row.getLong("running"),
                row.getLong("succeeded"),
                row.getLong("failed"));
    }

    /** What is neither running nor over waits, or is cancelled if the job has ended. */
    private TaskCounts tasks() {
        long rest = total - running - succeeded - failed;
        boolean isOver = state.isTerminal();
        return new TaskCounts(total, isOver ? 0 : rest, running, succeeded, failed, isOver ? rest : 0);
    }

    static TaskCounts sum(Collection<JobTotals> totals) {
        return totals.stream()
                .map(JobTotals::tasks)
                .reduce(
                        new TaskCounts(0, 0, 0, 0, 0, 0),
                        (one, other) -> new TaskCounts(
                                one.total() + other.total(),
                                one.pending() + other.pending(),
                                one.running() + other.running(),
                                one.succeeded() + other.succeeded(),
                                one.failed() + other.failed(),
                                one.cancelled() + other.cancelled()));
    }
}
