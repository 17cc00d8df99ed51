package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.id.IdGenerator;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.segment.ArgumentSegments;
import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Allocates batches to workers. Among the jobs of the highest priority, the job with the fewest leases goes first. So
 * jobs share the slots, and a small job does not wait behind a large one.
 */
@Component
public class BatchAllocator {
    /**
     * The distinct requirements of jobs with pending tasks. Emulates a loose index scan, which does not visit every
     * job.
     */
    private static final String QUEUES = """
            with recursive queue (requirements) as (
                select min(requirements) from job where pending > 0 and state in ('QUEUED', 'RUNNING')
                union all
                select (select min(job.requirements) from job
                         where job.requirements > queue.requirements and job.pending > 0
                           and job.state in ('QUEUED', 'RUNNING'))
                  from queue where queue.requirements is not null)
            select requirements from queue where requirements is not null
            """;

    private static final String READY = """
            select seq, environment_id, method, pending, batch_size, range_from is null as listed, priority, leases,
                   round
              from job
             where requirements = :requirements and pending > 0 and state in ('QUEUED', 'RUNNING') and seq not in (:passed)
               and (retry_scan_index is not null
                    or coalesce((select min(ready_at) from pending_range where job_seq = job.seq), 0) <= :now
                    or exists (select 1 from lease where job_seq = job.seq and lease.state in ('OPEN', 'LAPSED')
                                                     and lease.state = 'LAPSED'))
             order by priority desc, leases, seq limit 1
            """;
    private static final String FIRST_RANGE = """
            select first, last, attempt, loss_quarters, refusals from pending_range
             where job_seq = :job and loss_quarters < :limit and ready_at <= :now
               and (failed_on is null or failed_on <> :worker or refusals = 0 and ready_at <= :preferred)
             order by ready_at desc, first limit 1
            """;
    private static final String HAS_WORK = """
            select 1 from pending_range where job_seq = :job
            union all
            select 1 from lease where job_seq = :job and state in ('OPEN', 'LAPSED') and state = 'LAPSED'
            limit 1
            """;
    private static final String DROP_RANGE = """
            delete from pending_range where job_seq = :job and first = :first
            """;
    private static final String CUT_RANGE = """
            update pending_range set first = :next where job_seq = :job and first = :first
            """;
    private static final String OTHER_WORKERS = """
            select labels, network, memory_bytes from worker where state = 'ACTIVE' and id <> :worker
            """;
    private static final String NO_WORKER = "";
    private static final String SLOTS = """
            select coalesce(sum(slots), 0) from worker where state = 'ACTIVE'
            """;
    private static final String ADD = """
            insert into lease (id, job_seq, worker_id, request_id, first, last, attempt, loss_quarters, refusals, remaining,
                               state, acquired_at, round)
            values (:id, :job, :worker, :request, :first, :last, :attempt, :losses, :refusals, :last - :first,
                    'OPEN', :now, :round)
            returning\s""" + Lease.COLUMNS;

    /**
     * Maximum number of skipped jobs per poll. The search runs in the writer thread, so an unsuitable worker must not
     * make it long.
     */
    private static final int MAX_SKIPPED = 50;

    /** Size at which a batch has enough arguments. Master and worker keep a batch in memory. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final InstantSource clock;
    private final TaskSpeedCache speedCache;
    private final CapabilityCache capabilityCache;
    private final IdGenerator idGenerator;

    BatchAllocator(
            InstantSource clock, TaskSpeedCache speedCache, CapabilityCache capabilityCache, IdGenerator idGenerator) {
        this.clock = clock;
        this.speedCache = speedCache;
        this.capabilityCache = capabilityCache;
        this.idGenerator = idGenerator;
    }

    /** Allocates up to {@code batches} batches to a worker, or fewer if there is not enough work. */
    public List<Lease> allocate(JdbcClient sql, WorkerId worker, String requestId, int batches) {
        List<Lease> taken = new ArrayList<>();
        if (batches == 0) {
            return taken;
        }
        Supplier<Long> slots =
                SingletonSupplier.of(() -> sql.sql(SLOTS).query(Long.class).single());
        List<String> queues = queuesFor(sql, worker);
        Set<Long> skipped = new HashSet<>(Set.of(0L)); // a list in SQL must not be empty
        while (taken.size() < batches && skipped.size() < MAX_SKIPPED) {
            Optional<ReadyJob> job = first(sql, queues, skipped);
            if (job.isEmpty()) {
                return taken;
            }
            long seq = job.get().seq();
            Optional<Range> range = nextRange(sql, job.get(), worker);
            if (range.isPresent()) {
                taken.add(allocate(sql, job.get(), cut(sql, job.get(), range.get(), slots), worker, requestId));
            } else if (hasWorkForOthers(sql, seq)) {
                skipped.add(seq);
            } else {
                CounterRepair.repair(sql, seq); // otherwise this job would block all others
            }
        }
        return taken;
    }

    private static boolean hasWorkForOthers(JdbcClient sql, long jobSeq) {
        return sql.sql(HAS_WORK)
                .param("job", jobSeq)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** The capabilities of a worker. */
    public WorkerCapabilities capabilitiesOf(JdbcClient sql, WorkerId worker) {
        return capabilityCache.of(sql, worker);
    }

    /** The distinct requirements of jobs with pending tasks. */
    public List<JobRequirements> requirementsOfReady(JdbcClient sql) {
        return queues(sql).stream().map(JobRequirements::of).toList();
    }

    private static List<String> queues(JdbcClient sql) {
        return sql.sql(QUEUES).query((row, number) -> row.getString(1)).list();
    }

    private List<String> queuesFor(JdbcClient sql, WorkerId worker) {
        return queues(sql).stream()
                .filter(requirements -> canServe(sql, worker, requirements))
                .toList();
    }

    private boolean canServe(JdbcClient sql, WorkerId worker, String requirements) {
        return requirements.isEmpty() || JobRequirements.of(requirements).areMetBy(capabilityCache.of(sql, worker));
    }

    /** Of the first jobs of all queues the one that goes first, without skipped jobs. */
    private Optional<ReadyJob> first(JdbcClient sql, List<String> queues, Set<Long> skipped) {
        return queues.stream()
                .flatMap(requirements -> sql
                        .sql(READY)
                        .param("requirements", requirements)
                        .param("passed", skipped)
                        .param("now", clock.millis())
                        .query((row, number) -> ReadyJob.of(row, requirements))
                        .optional()
                        .stream())
                .min(ReadyJob.ORDER);
    }

    /**
     * Finds the next range that the worker may have beside its leases. It is the first pending range, a range that the
     * scan after a retry finds, or a range of a lapsed lease. A range whose last attempt failed on this worker comes
     * last, and only if no other worker can run it. Empty if there is none.
     */
    private Optional<Range> nextRange(JdbcClient sql, ReadyJob job, WorkerId worker) {
        long jobSeq = job.seq();
        Optional<Range> range = firstRange(sql, jobSeq, Integer.MAX_VALUE, worker.value());
        if (range.isPresent() && range.get().attempts().losses() == 0) {
            return range;
        }
        int limit = Leases.limitFor(sql, worker);
        do {
            range = firstRange(sql, jobSeq, limit, worker.value());
        } while (range.isEmpty() && (RetryScanner.scanNext(sql, jobSeq) || LeaseExpiry.takeOver(sql, jobSeq, limit)));
        return range.isPresent()
                ? range
                : firstRange(sql, jobSeq, limit, NO_WORKER)
                        .filter(_ -> isOnlyWorkerFor(sql, worker, job.requirements()));
    }

    private static boolean isOnlyWorkerFor(JdbcClient sql, WorkerId worker, String required) {
        JobRequirements requirements = JobRequirements.of(required);
        return sql.sql(OTHER_WORKERS).param("worker", worker.value()).query(CapabilityCache::mapRow).list().stream()
                .noneMatch(requirements::areMetBy);
    }

    /** @param worker the polling worker; ranges that recently failed on it are excluded */
    private Optional<Range> firstRange(JdbcClient sql, long jobSeq, int limit, String worker) {
        return sql.sql(FIRST_RANGE)
                .param("job", jobSeq)
                .param("limit", limit)
                .param("now", clock.millis())
                .param("preferred", clock.millis() - Postponement.PREFERENCE.toMillis())
                .param("worker", worker)
                .query(Range::of)
                .optional();
    }

    private Range cut(JdbcClient sql, ReadyJob job, Range range, Supplier<Long> slots) {
        TaskSpeed speed = speedCache.of(job.environment(), job.method());
        long size = job.pending() == 1 ? 1 : BatchSize.next(job.pending(), slots.get(), speed, job.batchSize());
        long bounded = Math.min(size, range.attempts().maxBatchSize());
        long last = Math.min(range.last(), range.first() + bounded);
        Range batch = new Range(
                range.first(),
                job.listed() && last - range.first() > 1 ? boundBytes(sql, job, range.first(), last) : last,
                range.attempts());
        if (batch.last() == range.last()) {
            sql.sql(DROP_RANGE)
                    .param("job", job.seq())
                    .param("first", range.first())
                    .update();
        } else {
            sql.sql(CUT_RANGE)
                    .param("job", job.seq())
                    .param("first", range.first())
                    .param("next", batch.last())
                    .update();
        }
        return batch;
    }

    /** Ends a batch with the segment that reaches {@link #MAX_BYTES}. */
    private static long boundBytes(JdbcClient sql, ReadyJob job, long first, long last) {
        return ArgumentSegments.startAfter(sql, job.seq(), first, MAX_BYTES)
                .map(bound -> Math.min(bound, last))
                .orElse(last);
    }

    private Lease allocate(JdbcClient sql, ReadyJob job, Range batch, WorkerId worker, String requestId) {
        JobProgress.allocate(sql, job.seq(), batch.last() - batch.first(), clock.millis());
        return sql.sql(ADD)
                .param("id", idGenerator.lease().value())
                .param("job", job.seq())
                .param("worker", worker.value())
                .param("request", requestId)
                .param("first", batch.first())
                .param("last", batch.last())
                .param("attempt", batch.attempts().attempt())
                .param("losses", batch.attempts().losses())
                .param("refusals", batch.attempts().refusals())
                .param("round", job.round())
                .param("now", clock.millis())
                .query(Lease::of)
                .single();
    }

    private record ReadyJob(
            long seq,
            String environment,
            String method,
            long pending,
            @Nullable Integer batchSize,
            boolean listed,
            Rank rank,
            String requirements,
            int round) {
        static final Comparator<ReadyJob> ORDER = Comparator.<ReadyJob>comparingInt(
                        job -> -job.rank().priority())
                .thenComparingLong(job -> job.rank().leases())
                .thenComparingLong(ReadyJob::seq);

        static ReadyJob of(ResultSet row, String requirements) throws SQLException {
            int size = row.getInt("batch_size");
            return new ReadyJob(
                    row.getLong("seq"),
                    row.getString("environment_id"),
                    row.getString("method"),
                    row.getLong("pending"),
                    size == 0 ? null : size,
                    row.getBoolean("listed"),
                    new Rank(row.getInt("priority"), row.getLong("leases")),
                    requirements,
                    row.getInt("round"));
        }
    }

    private record Rank(int priority, long leases) {}

    private record Range(long first, long last, LossPolicy attempts) {
        static Range of(ResultSet row, int number) throws SQLException {
            return new Range(row.getLong("first"), row.getLong("last"), LossPolicy.of(row));
        }
    }
}
