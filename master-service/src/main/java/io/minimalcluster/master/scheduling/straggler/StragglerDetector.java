package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseProgressCache;
import io.minimalcluster.master.scheduling.LeaseProgressSample;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.TaskSpeedCache;
import io.minimalcluster.master.segment.IndexRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Detects what delays jobs without pending tasks: long batches with many tasks that have not started, and stragglers.
 */
@Component
public class StragglerDetector {
    /** Minimum run time before a task gets a speculative copy. */
    static final Duration MIN_RUN_TIME = Duration.ofSeconds(1);

    /** Minimum run time as a multiple of the median of the job. */
    static final double MIN_MEDIAN_FACTOR = 1.5;

    /** Minimum estimated time of tasks that are worth reclaiming, in nanoseconds. */
    static final double MIN_RECLAIMED_NANOS = 5e6;

    private static final int MAX_ACTIONS = 1_000;
    private static final String TAIL = """
            select seq, environment_id, method, requirements from job
             where pending = 0 and running > 0 and state = 'RUNNING' and copies_allowed <> 0
             order by priority desc, seq limit 1000
            """;
    private static final String LEASES = "select " + Lease.COLUMNS
            + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED') and state = 'OPEN' and copy_of is null"
            + " and remaining > 0 order by seq limit 10000";

    private final LeaseProgressCache progressCache;
    private final TaskSpeedCache speedCache;

    public StragglerDetector(LeaseProgressCache progressCache, TaskSpeedCache speedCache) {
        this.progressCache = progressCache;
        this.speedCache = speedCache;
    }

    /** Finds all actions, the most urgent first. */
    List<StragglerAction> find(JdbcClient sql) {
        List<StragglerAction> found = new ArrayList<>();
        for (TailJob job : sql.sql(TAIL).query(TailJob::of).list()) {
            List<Lease> leases =
                    sql.sql(LEASES).param("job", job.seq()).query(Lease::of).list();
            LeaseScan scan = new LeaseScan(sql, job, leases, progressCache.now());
            leases.forEach(lease -> scan.actionFor(lease).ifPresent(found::add));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(StragglerDetector::urgency).reversed())
                .limit(MAX_ACTIONS)
                .toList();
    }

    private static double urgency(StragglerAction action) {
        return switch (action) {
            case StragglerAction.Rest rest -> rest.nanosLeft();
            case StragglerAction.Copy _ -> 0;
        };
    }

    /** Examines the leases of one job. */
    private final class LeaseScan {
        private final JdbcClient sql;
        private final TailJob job;
        private final long now;
        private final double usual;
        private @Nullable OptionalLong median; // null until first use

        LeaseScan(JdbcClient sql, TailJob job, List<Lease> leases, long now) {
            this.sql = sql;
            this.job = job;
            this.now = now;
            this.usual =
                    speedCache.nanosPerTask(job.environmentId(), job.method()).orElseGet(() -> longestRunning(leases));
        }

        /**
         * The usual time of a task before one has ended: that of the task that has been running for longest. A batch
         * that waits behind it in its worker would otherwise wait until it ends, beside idle workers.
         */
        private double longestRunning(List<Lease> leases) {
            return leases.stream()
                    .flatMap(lease -> progressCache.of(lease).stream())
                    .mapToLong(progress -> progress.nanosRunning(now))
                    .max()
                    .orElse(0);
        }

        Optional<StragglerAction> actionFor(Lease lease) {
            Optional<LeaseProgressSample> known = progressCache.of(lease).filter(_ -> !lease.hasCopy());
            if (known.isEmpty()) {
                return Optional.empty();
            }
            LeaseProgressSample progress = known.get();
            return isStraggler(lease, progress) ? forStraggler(lease, progress) : rest(lease, progress);
        }

        private boolean isStraggler(Lease lease, LeaseProgressSample progress) {
            long time = progress.nanosRunning(now);
            return time >= MIN_RUN_TIME.toNanos()
                    && exceedsMedian(time)
                    && lease.holds(progress.running().orElseThrow())
                    && isUnrecorded(lease, progress.running().orElseThrow());
        }

        /** Compares with the median of the job, which is unknown until a result is recorded. */
        private boolean exceedsMedian(long time) {
            OptionalLong usual = median == null ? MedianTaskTime.of(sql, job.seq()) : median;
            median = usual;
            return usual.isPresent() && time >= usual.getAsLong() * MIN_MEDIAN_FACTOR;
        }

        private boolean isUnrecorded(Lease lease, long index) {
            return !Leases.unrecorded(sql, lease, new IndexRange(index, index + 1))
                    .isEmpty();
        }

        /** All tasks behind a straggler go to other workers before the straggler itself gets a copy. */
        private Optional<StragglerAction> forStraggler(Lease lease, LeaseProgressSample progress) {
            long next = Math.max(progress.next(), progress.running().orElseThrow() + 1);
            if (next < lease.last()) {
                double left = (double) (lease.last() - next) * progress.nanosRunning(now);
                return Optional.of(new StragglerAction.Rest(lease, job.requirements(), next, left));
            }
            boolean isLast = progress.running().orElseThrow() == lease.last() - 1;
            return isLast && !lease.attempts().isSuspect()
                    ? Optional.of(new StragglerAction.Copy(lease, job.requirements()))
                    : Optional.empty();
        }

        /** Takes half of the tasks that have not started. */
        private Optional<StragglerAction> rest(Lease lease, LeaseProgressSample progress) {
            double running = (double) progress.nanosRunning(now);
            double slow = Math.max(usual, running);
            long next = Math.max(lease.first(), progress.estimateNext(now, usual));
            long tasks = (lease.last() - next + 1) / 2;
            boolean isWorthwhile = tasks > 0 && (double) tasks * slow >= MIN_RECLAIMED_NANOS;
            return isWorthwhile
                    ? Optional.of(new StragglerAction.Rest(
                            lease, job.requirements(), lease.last() - tasks, (double) (lease.last() - next) * slow))
                    : Optional.empty();
        }
    }

    /**
     * A job without pending tasks that permits copies. Taking tasks back needs this permission too, because a task may
     * start at the same time.
     */
    private record TailJob(long seq, String environmentId, String method, String requirements) {
        static TailJob of(ResultSet row, int number) throws SQLException {
            return new TailJob(
                    row.getLong("seq"),
                    row.getString("environment_id"),
                    row.getString("method"),
                    row.getString("requirements"));
        }
    }
}
