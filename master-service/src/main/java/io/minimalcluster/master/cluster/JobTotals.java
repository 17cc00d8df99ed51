package io.minimalcluster.master.cluster;

import io.minimalcluster.model.job.JobState;
import io.minimalcluster.model.job.TaskCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** Counts of the jobs in one state, and of their tasks. */
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

    /** Task counts. Tasks that are neither running nor finished are pending, or cancelled if the job has ended. */
    private TaskCounts tasks() {
        long unfinished = total - running - succeeded - failed;
        boolean isEnded = state.isTerminal();
        return new TaskCounts(total, isEnded ? 0 : unfinished, running, succeeded, failed, isEnded ? unfinished : 0);
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
