package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Second copies of tasks that take long. A copy is a lease of one task, the last of another lease, and counts as no
 * task that runs: the other one does. Whichever has an outcome first ends the other; when the other is given up, the
 * copy takes its place.
 */
public final class SpeculativeCopies {
    private static final String LIVE = "state in ('OPEN', 'LAPSED') and state = 'OPEN'";
    private static final String START = """
            insert into lease (id, job_seq, worker_id, request_id, first, last, attempt, losses, remaining, state, taken_at, round,
                               copy_of)
            values (:id, :job, :worker, :request, :first, :last, :attempt, :losses, 1, 'OPEN', :now, :round, :lease)
            returning\s""" + Lease.COLUMNS;
    private static final String MARK = "update lease set copied = 1 where seq = :lease";
    private static final String ONE_MORE = "update job set leases = leases + 1 where seq = :job";
    private static final String ONE_LESS = "update job set leases = leases - 1 where seq = :job";
    private static final String OF_LEASE =
            "select " + Lease.COLUMNS + " from lease where copy_of = :lease and remaining > 0 and " + LIVE;
    private static final String BY_SEQ = "select " + Lease.COLUMNS + " from lease where seq = :lease";
    private static final String WITH_WORKER = "select " + Lease.COLUMNS + " from lease where worker_id = :worker and "
            + LIVE + " and (copy_of is not null or copied = 1) order by seq";
    private static final String END = "update lease set state = 'ENDED', remaining = 0 where seq = :lease";
    private static final String TAKE_PLACE = """
            update lease set copy_of = null, attempt = :attempt, losses = :losses where seq = :lease
            """;

    private SpeculativeCopies() {}

    /**
     * Gives the last task of a lease to a second worker too, if it has no outcome yet, and had no copy.
     *
     * @param original as it is now
     */
    public static Optional<Lease> start(JdbcClient sql, Lease original, LeaseId id, Taker taker) {
        IndexRange task = new IndexRange(original.last() - 1, original.last());
        boolean isWorthIt = original.isOpen()
                && !original.attempts().isSuspect()
                && !original.isCopy()
                && !original.copied()
                && !original.worker().equals(taker.worker())
                && !Leases.unrecorded(sql, original, task).isEmpty();
        return isWorthIt ? Optional.of(add(sql, original, id, taker)) : Optional.empty();
    }

    private static Lease add(JdbcClient sql, Lease original, LeaseId id, Taker taker) {
        sql.sql(MARK).param("lease", original.seq()).update();
        sql.sql(ONE_MORE).param("job", original.jobSeq()).update();
        return sql.sql(START)
                .param("id", id.value())
                .param("job", original.jobSeq())
                .param("worker", taker.worker().value())
                .param("request", taker.requestId())
                .param("first", original.last() - 1)
                .param("last", original.last())
                .param("attempt", original.attempt())
                .param("losses", original.attempts().losses())
                .param("now", taker.now())
                .param("round", original.round())
                .param("lease", original.seq())
                .query(Lease::of)
                .single();
    }

    /** Who takes a copy, and when. */
    public record Taker(WorkerId worker, String requestId, long now) {}

    /** The copy of its last task that runs, if one does. */
    static Optional<Lease> of(JdbcClient sql, Lease original) {
        return original.copied()
                ? sql.sql(OF_LEASE)
                        .param("lease", original.seq())
                        .query(Lease::of)
                        .optional()
                : Optional.empty();
    }

    /** A copy of a task came to nothing, and charges nobody: the task runs on where it ran. */
    public static void end(JdbcClient sql, Lease copy) {
        sql.sql(END).param("lease", copy.seq()).update();
        sql.sql(ONE_LESS).param("job", copy.jobSeq()).update();
    }

    /**
     * Tasks of a lease have an outcome: of a task with a copy the other one ends. The counts of the lease itself, and
     * of the job, are the caller's.
     *
     * @return the workers that run in vain from now on
     */
    public static List<WorkerId> settle(JdbcClient sql, Lease lease, List<IndexRange> recorded) {
        if (recorded.isEmpty()) {
            return List.of();
        }
        if (lease.isCopy()) {
            Lease original = sql.sql(BY_SEQ)
                    .param("lease", lease.copyOf())
                    .query(Lease::of)
                    .single();
            Leases.takeFrom(sql, original, 1);
            return endIfThrough(sql, original.seq());
        }
        Optional<Lease> beaten = of(sql, lease).filter(copy -> holdsTaskOf(copy, recorded));
        beaten.ifPresent(copy -> end(sql, copy));
        return beaten.map(Lease::worker).stream().toList();
    }

    private static boolean holdsTaskOf(Lease copy, List<IndexRange> ranges) {
        return ranges.stream().anyMatch(range -> range.first() <= copy.first() && range.last() >= copy.last());
    }

    /**
     * Ends a lease with nothing left but a task that its copy has settled, or taken over: its worker would never know.
     *
     * @return its worker, if so
     */
    public static List<WorkerId> endIfThrough(JdbcClient sql, long seq) {
        Lease now = sql.sql(BY_SEQ).param("lease", seq).query(Lease::of).single();
        if (!now.isOpen() || now.remaining() > 0) {
            return List.of();
        }
        end(sql, now);
        return List.of(now.worker());
    }

    /**
     * Of tasks that a lease can't go on with, lets the copy have the one that it has. Their lease loses it; its count
     * of what remains is the caller's.
     *
     * @param attempts that the copy's run counts as from now on
     * @return what is the copy's now
     */
    public static List<IndexRange> passOn(JdbcClient sql, Lease lease, List<IndexRange> ranges, LossPolicy attempts) {
        Optional<Lease> heir = of(sql, lease).filter(copy -> holdsTaskOf(copy, ranges));
        return heir.map(copy -> passOn(sql, lease, copy, attempts)).stream().toList();
    }

    private static IndexRange passOn(JdbcClient sql, Lease lease, Lease copy, LossPolicy attempts) {
        IndexRange task = new IndexRange(copy.first(), copy.last());
        sql.sql(TAKE_PLACE)
                .param("attempt", attempts.attempt())
                .param("losses", attempts.losses())
                .param("lease", copy.seq())
                .update();
        Leases.noteGivenBack(sql, lease, task);
        return task;
    }

    /**
     * A worker falls silent: its copies end, and the copies of its own tasks take their place; not of those that were
     * lost too often, or each copy could bring down one worker more.
     */
    static void leave(JdbcClient sql, WorkerId worker) {
        List<Lease> concerned = new ArrayList<>(sql.sql(WITH_WORKER)
                .param("worker", worker.value())
                .query(Lease::of)
                .list());
        for (Lease lease : concerned) {
            if (lease.isCopy()) {
                end(sql, lease);
                continue;
            }
            if (lease.isExhausted()) {
                continue;
            }
            IndexRange last = new IndexRange(lease.last() - 1, lease.last());
            if (!passOn(sql, lease, List.of(last), lease.attemptsAfterExpiry()).isEmpty()) {
                Leases.takeFrom(sql, lease, 1);
                endIfThrough(sql, lease.seq());
            }
        }
    }
}
