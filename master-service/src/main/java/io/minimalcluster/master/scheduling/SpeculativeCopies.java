package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Speculative copies of slow tasks. A copy is a lease of one task, the last task of another lease, and does not count
 * as a running task. The first outcome of either ends the other. If the original gives up the task, the copy replaces
 * it.
 */
public final class SpeculativeCopies {
    private static final String IS_OPEN = "state in ('OPEN', 'LAPSED') and state = 'OPEN'";
    private static final String START = """
            insert into lease (id, job_seq, worker_id, request_id, first, last, attempt, loss_quarters, remaining,
                               state, acquired_at, round, copy_of)
            values (:id, :job, :worker, :request, :first, :last, :attempt, :losses, 1, 'OPEN', :now, :round, :lease)
            returning\s""" + Lease.COLUMNS;
    private static final String MARK = "update lease set has_copy = 1 where seq = :lease";
    private static final String OF_LEASE =
            "select " + Lease.COLUMNS + " from lease where copy_of = :lease and remaining > 0 and " + IS_OPEN;
    private static final String BY_SEQ = "select " + Lease.COLUMNS + " from lease where seq = :lease";
    private static final String WITH_WORKER = "select " + Lease.COLUMNS + " from lease where worker_id = :worker and "
            + IS_OPEN + " and (copy_of is not null or has_copy = 1) order by seq";
    private static final String END = "update lease set state = 'ENDED', remaining = 0 where seq = :lease";
    private static final String PROMOTE = """
            update lease set copy_of = null, attempt = :attempt, loss_quarters = :losses where seq = :lease
            """;

    private SpeculativeCopies() {}

    /**
     * Starts a copy of the last task of a lease, if the task has no outcome and had no copy.
     *
     * @param original the current state of the lease
     */
    public static Optional<Lease> start(JdbcClient sql, Lease original, LeaseId id, Recipient recipient) {
        IndexRange task = new IndexRange(original.last() - 1, original.last());
        boolean isEligible = original.isOpen()
                && !original.attempts().isSuspect()
                && !original.isCopy()
                && !original.hasCopy()
                && !original.worker().equals(recipient.worker())
                && !Leases.unrecorded(sql, original, task).isEmpty();
        return isEligible ? Optional.of(add(sql, original, id, recipient)) : Optional.empty();
    }

    private static Lease add(JdbcClient sql, Lease original, LeaseId id, Recipient recipient) {
        sql.sql(MARK).param("lease", original.seq()).update();
        JobProgress.addLeases(sql, original.jobSeq(), 1);
        return sql.sql(START)
                .param("id", id.value())
                .param("job", original.jobSeq())
                .param("worker", recipient.worker().value())
                .param("request", recipient.requestId())
                .param("first", original.last() - 1)
                .param("last", original.last())
                .param("attempt", original.attempt())
                .param("losses", original.attempts().losses())
                .param("now", recipient.now())
                .param("round", original.round())
                .param("lease", original.seq())
                .query(Lease::of)
                .single();
    }

    /** The worker that gets a copy, its poll, and the time. */
    public record Recipient(WorkerId worker, String requestId, long now) {}

    /** The running copy of the last task of a lease, if any. */
    static Optional<Lease> of(JdbcClient sql, Lease original) {
        return original.hasCopy()
                ? sql.sql(OF_LEASE)
                        .param("lease", original.seq())
                        .query(Lease::of)
                        .optional()
                : Optional.empty();
    }

    /** Ends a copy without a charge. The original continues to run the task. */
    public static void end(JdbcClient sql, Lease copy) {
        sql.sql(END).param("lease", copy.seq()).update();
        JobProgress.addLeases(sql, copy.jobSeq(), -1);
    }

    /**
     * Ends the other run of recorded tasks that have a copy. The caller has to update the counters of the lease and of
     * the job.
     *
     * @return the workers whose runs became obsolete
     */
    public static List<WorkerId> endOtherRun(JdbcClient sql, Lease lease, List<IndexRange> recorded) {
        if (recorded.isEmpty()) {
            return List.of();
        }
        if (lease.isCopy()) {
            Lease original = sql.sql(BY_SEQ)
                    .param("lease", lease.copyOf())
                    .query(Lease::of)
                    .single();
            Leases.subtractRemaining(sql, original, 1);
            return endIfFinished(sql, original.seq());
        }
        Optional<Lease> obsolete = of(sql, lease).filter(copy -> holdsTaskOf(copy, recorded));
        obsolete.ifPresent(copy -> end(sql, copy));
        return obsolete.map(Lease::worker).stream().toList();
    }

    private static boolean holdsTaskOf(Lease copy, List<IndexRange> ranges) {
        return ranges.stream().anyMatch(range -> range.first() <= copy.first() && range.last() >= copy.last());
    }

    /**
     * Ends a lease whose remaining tasks were all settled or replaced by copies. Otherwise its worker would keep the
     * lease, because it gets no other signal.
     *
     * @return the worker of the lease if it was ended
     */
    public static List<WorkerId> endIfFinished(JdbcClient sql, long seq) {
        Lease now = sql.sql(BY_SEQ).param("lease", seq).query(Lease::of).single();
        if (!now.isOpen() || now.remaining() > 0) {
            return List.of();
        }
        end(sql, now);
        return List.of(now.worker());
    }

    /**
     * Replaces a task that a lease gives up with its copy. The caller has to update the remaining count of the lease.
     *
     * @param attempts new attempts and losses of the copy
     * @return the ranges that the copy replaces
     */
    public static List<IndexRange> promoteCopy(
            JdbcClient sql, Lease lease, List<IndexRange> ranges, LossPolicy attempts) {
        Optional<Lease> replacement = of(sql, lease).filter(copy -> holdsTaskOf(copy, ranges));
        return replacement.map(copy -> promoteCopy(sql, lease, copy, attempts)).stream()
                .toList();
    }

    private static IndexRange promoteCopy(JdbcClient sql, Lease lease, Lease copy, LossPolicy attempts) {
        IndexRange task = new IndexRange(copy.first(), copy.last());
        sql.sql(PROMOTE)
                .param("attempt", attempts.attempt())
                .param("losses", attempts.losses())
                .param("lease", copy.seq())
                .update();
        Leases.addReturned(sql, lease, task);
        return task;
    }

    /**
     * Handles a worker timeout: ends the copies of the worker and lets copies replace its own slow tasks. Tasks at the
     * limit of losses are not replaced, otherwise each copy could bring down another worker.
     */
    static void handleSilentWorker(JdbcClient sql, WorkerId worker) {
        List<Lease> affected = new ArrayList<>(sql.sql(WITH_WORKER)
                .param("worker", worker.value())
                .query(Lease::of)
                .list());
        for (Lease lease : affected) {
            if (lease.isCopy()) {
                end(sql, lease);
                continue;
            }
            if (lease.isExhausted()) {
                continue;
            }
            IndexRange last = new IndexRange(lease.last() - 1, lease.last());
            if (!promoteCopy(sql, lease, List.of(last), lease.attemptsAfterExpiry())
                    .isEmpty()) {
                Leases.subtractRemaining(sql, lease, 1);
                endIfFinished(sql, lease.seq());
            }
        }
    }
}
