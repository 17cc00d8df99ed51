package io.minimalcluster.master.simulation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A snapshot of the rows of all jobs. Queries read columns by number, because a snapshot is taken after every step.
 *
 * @param jobs by {@code seq}, without jobs that are invisible or deleted
 * @param leases by {@code seq}, including ended ones
 * @param pending pending ranges by job
 * @param returned returned ranges by lease
 */
record StoreRows(
        Map<Long, JobRow> jobs,
        Map<Long, LeaseRow> leases,
        Map<Long, List<Span>> pending,
        Map<Long, List<Span>> returned) {
    /** Quarters of a loss from which a task is suspected to be a poison task. */
    static final int SUSPECT = 12;

    private static final String JOBS = """
            select seq, id, state, total, pending, running, succeeded, failed, leases, next_position, round,
                   retry_scan_index, max_attempts, max_failures, priority, requirements, parent_seq, termination_reason,
                   reduce, reduce_error
              from job where state not in ('RECEIVING', 'DELETED')
            """;
    private static final String LEASES = """
            select seq, id, job_seq, worker_id, request_id, first, last, attempt, loss_quarters, remaining, state,
                   round, shrink_request_id, has_copy, copy_of, provisional_loss_quarters, refusals
              from lease
            """;
    private static final String PENDING =
            "select job_seq as owner, first, last, loss_quarters, ready_at from pending_range";
    private static final String RETURNED = "select lease_seq as owner, first, last, 0, 0 from returned_range";

    static StoreRows of(JdbcClient sql) {
        return new StoreRows(
                sql.sql(JOBS).query(JobRow::of).list().stream()
                        .collect(Collectors.toMap(JobRow::seq, Function.identity())),
                sql.sql(LEASES).query(LeaseRow::of).list().stream()
                        .collect(Collectors.toMap(LeaseRow::seq, Function.identity())),
                spans(sql, PENDING),
                spans(sql, RETURNED));
    }

    private static Map<Long, List<Span>> spans(JdbcClient sql, String query) {
        return sql.sql(query).query(Span::of).list().stream().collect(Collectors.groupingBy(Span::owner));
    }

    List<Span> pendingOf(JobRow job) {
        return pending.getOrDefault(job.seq(), List.of());
    }

    List<Span> returnedOf(LeaseRow lease) {
        return returned.getOrDefault(lease.seq(), List.of());
    }

    /** Whether a job has tasks to allocate with fewer than {@code limit} losses. */
    boolean hasWork(JobRow job, int limit) {
        return job.retryScanIndex() < job.total()
                || pendingOf(job).stream().anyMatch(span -> !span.isPostponed() && span.losses() < limit)
                || leases.values().stream()
                        .anyMatch(lease -> lease.job() == job.seq()
                                && lease.isLapsed()
                                && lease.losses() + lease.provisionalLosses() < limit);
    }

    /** @param isPostponed whether the tasks may wait for their next attempt, or for another worker */
    record Span(long owner, int first, int last, int losses, boolean isPostponed) {
        static Span of(ResultSet row, int number) throws SQLException {
            return new Span(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getLong(5) > 0);
        }
    }

    record JobRow(
            long seq,
            String id,
            String state,
            int total,
            Counts counts,
            long nextPosition,
            int round,
            int retryScanIndex,
            int maxAttempts,
            long maxFailures,
            int priority,
            String requirements,
            boolean isHidden,
            @Nullable String terminationReason,
            @Nullable String reduce,
            @Nullable String reduceError) {
        static JobRow of(ResultSet row, int number) throws SQLException {
            int total = row.getInt(4);
            long maxFailures = row.getLong(14);
            maxFailures = row.wasNull() ? Long.MAX_VALUE : maxFailures;
            int retryScanIndex = row.getInt(12);
            retryScanIndex = row.wasNull() ? total : retryScanIndex;
            return new JobRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    total,
                    Counts.of(row),
                    row.getLong(10),
                    row.getInt(11),
                    retryScanIndex,
                    row.getInt(13),
                    maxFailures,
                    row.getInt(15),
                    row.getString(16),
                    row.getLong(17) != 0,
                    row.getString(18),
                    row.getString(19),
                    row.getString(20));
        }

        boolean isTerminal() {
            return state.equals("SUCCEEDED") || state.equals("FAILED") || state.equals("CANCELLED");
        }

        /** Whether the job has tasks to allocate. */
        boolean isReady() {
            return counts.pending() > 0 && (state.equals("QUEUED") || state.equals("RUNNING"));
        }

        /** Whether every task has succeeded and the reduction is running. */
        boolean isReducing() {
            return !isTerminal() && reduce != null && counts.succeeded() == total;
        }
    }

    /** The task counters of a job. */
    record Counts(int pending, int running, int succeeded, int failed, int leases) {
        static Counts of(ResultSet row) throws SQLException {
            return new Counts(row.getInt(5), row.getInt(6), row.getInt(7), row.getInt(8), row.getInt(9));
        }
    }

    record LeaseRow(
            long seq,
            String id,
            long job,
            String worker,
            String request,
            int first,
            int last,
            int attempt,
            int losses,
            int remaining,
            String state,
            int round,
            @Nullable String shrinkRequestId,
            boolean hasCopy,
            long copyOf,
            int provisionalLosses,
            int refusals) {
        static LeaseRow of(ResultSet row, int number) throws SQLException {
            return new LeaseRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    row.getInt(6),
                    row.getInt(7),
                    row.getInt(8),
                    row.getInt(9),
                    row.getInt(10),
                    row.getString(11),
                    row.getInt(12),
                    row.getString(13),
                    row.getInt(14) != 0,
                    row.getLong(15),
                    row.getInt(16),
                    row.getInt(17));
        }

        /** Whether the lease is a speculative copy. */
        boolean isCopy() {
            return copyOf != 0;
        }

        /** Number of known runs of the tasks. */
        int runs() {
            return attempt + losses / 4;
        }

        /** Whether the lease holds a suspected poison task. */
        boolean isSuspect() {
            return losses >= SUSPECT;
        }

        boolean isOpen() {
            return state.equals("OPEN");
        }

        boolean isLapsed() {
            return state.equals("LAPSED");
        }

        boolean isHeld() {
            return isOpen() || isLapsed();
        }
    }
}
