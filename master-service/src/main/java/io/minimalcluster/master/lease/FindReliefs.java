package io.minimalcluster.master.lease;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks for what keeps jobs from their end that have nothing left to hand out: long batches of which much has not
 * started, and tasks that take longer than others did.
 */
@Component
public class FindReliefs {
    /** A task runs for at least so long before it is worth a second copy, */
    static final Duration LEAST = Duration.ofSeconds(1);

    /** and for so many times what is usual in its job. */
    static final double TIMES_MEDIAN = 1.5;

    /** What would take less is not worth the trouble of being taken back. */
    static final double WORTHWHILE_NANOS = 5e6;

    private static final int MOST = 1_000;
    private static final String TAIL = """
            select seq, environment_id, method, needs from job
             where pending = 0 and running > 0 and state = 'RUNNING' and copies <> 0
             order by priority desc, seq limit 1000
            """;
    private static final String LEASES = "select " + Lease.COLUMNS
            + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED') and state = 'OPEN' and copy_of is null"
            + " and remaining > 0 order by seq limit 10000";

    private final Headways headways;
    private final TaskSpeeds speeds;

    FindReliefs(Headways headways, TaskSpeeds speeds) {
        this.headways = headways;
        this.speeds = speeds;
    }

    /** What there is to be done, the most urgent first. */
    List<Relief> find(JdbcClient sql) {
        List<Relief> found = new ArrayList<>();
        for (TailJob job : sql.sql(TAIL).query(TailJob::of).list()) {
            Look look = new Look(sql, job, headways.now());
            sql.sql(LEASES)
                    .param("job", job.seq())
                    .query(Lease::of)
                    .list()
                    .forEach(lease -> look.at(lease).ifPresent(found::add));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(FindReliefs::urgency).reversed())
                .limit(MOST)
                .toList();
    }

    private static double urgency(Relief relief) {
        return switch (relief) {
            case Relief.Rest rest -> rest.nanosLeft();
            case Relief.Copy _ -> 0;
        };
    }

    /** A look at the leases of one job. */
    private final class Look {
        private final JdbcClient sql;
        private final TailJob job;
        private final long now;
        private final OptionalDouble speed;
        private @Nullable OptionalLong median; // once it was asked for

        Look(JdbcClient sql, TailJob job, long now) {
            this.sql = sql;
            this.job = job;
            this.now = now;
            this.speed = speeds.nanosPerTask(job.environmentId(), job.method());
        }

        Optional<Relief> at(Lease lease) {
            Optional<Headway> known = headways.of(lease).filter(_ -> !lease.copied());
            if (known.isEmpty()) {
                return Optional.empty();
            }
            Headway headway = known.get();
            return isOverdue(lease, headway) ? overdue(lease, headway) : rest(lease, headway);
        }

        private boolean isOverdue(Lease lease, Headway headway) {
            long time = headway.nanosRunning(now);
            return time >= LEAST.toNanos()
                    && isLongForThisJob(time)
                    && lease.holds(headway.running().orElseThrow())
                    && isUnrecorded(lease, headway.running().orElseThrow());
        }

        /** While nothing was recorded nobody knows. */
        private boolean isLongForThisJob(long time) {
            OptionalLong usual = median == null ? MedianTime.of(sql, job.seq()) : median;
            median = usual;
            return usual.isPresent() && time >= usual.getAsLong() * TIMES_MEDIAN;
        }

        private boolean isUnrecorded(Lease lease, long index) {
            return !Leases.unrecorded(sql, lease, new IndexRange(index, index + 1))
                    .isEmpty();
        }

        /** What waits behind a task that takes long goes to others whole, before the task itself has a copy. */
        private Optional<Relief> overdue(Lease lease, Headway headway) {
            long next = Math.max(headway.next(), headway.running().orElseThrow() + 1);
            if (next < lease.last()) {
                double left = (double) (lease.last() - next) * headway.nanosRunning(now);
                return Optional.of(new Relief.Rest(lease, job.needs(), next, left));
            }
            boolean isLast = headway.running().orElseThrow() == lease.last() - 1;
            return isLast && !lease.tries().isSuspect()
                    ? Optional.of(new Relief.Copy(lease, job.needs()))
                    : Optional.empty();
        }

        /** Half of what has not started. */
        private Optional<Relief> rest(Lease lease, Headway headway) {
            double running = (double) headway.nanosRunning(now);
            double usual = speed.orElse(running);
            double slow = Math.max(usual, running);
            long next = Math.max(lease.first(), headway.nextBy(now, usual));
            long tasks = (lease.last() - next + 1) / 2;
            boolean isWorthwhile = tasks > 0 && (double) tasks * slow >= WORTHWHILE_NANOS;
            return isWorthwhile
                    ? Optional.of(new Relief.Rest(
                            lease, job.needs(), lease.last() - tasks, (double) (lease.last() - next) * slow))
                    : Optional.empty();
        }
    }

    /** A job of which nothing waits, and whose tasks may run twice at a time: one taken back may just have begun. */
    private record TailJob(long seq, String environmentId, String method, String needs) {
        static TailJob of(ResultSet row, int number) throws SQLException {
            return new TailJob(
                    row.getLong("seq"),
                    row.getString("environment_id"),
                    row.getString("method"),
                    row.getString("needs"));
        }
    }
}
