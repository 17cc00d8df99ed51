package io.minimalcluster.master.result.record;

import io.minimalcluster.master.error.MasterException.BeyondLease;
import io.minimalcluster.master.error.MasterException.LeaseLost;
import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.job.EndJob;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.reduce.Reduction;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.LeaseState;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.master.scheduling.LossPolicy;
import io.minimalcluster.master.scheduling.SpeculativeCopies;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.master.segment.StoredBlock;
import io.minimalcluster.master.worker.WorkerLiveness;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.worker.Recorded;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records a part of a batch. The check of the lease and the write are in one transaction. The first outcome of a task
 * is final; later ones are only counted.
 */
@Component
public class RecordPart {
    private static final String CREDIT_WORKER = """
            update worker set tasks_done = tasks_done + :tasks where id = :worker
            """;

    private final InstantSource clock;
    private final JsonMapper json;

    public RecordPart(InstantSource clock, JsonMapper json) {
        this.clock = clock;
        this.json = json;
    }

    /**
     * Records a part that a worker has posted, and contact with the worker, in the transaction of the caller.
     *
     * @throws WorkerUnknown if the worker left or was deleted
     * @throws LeaseLost if the worker does not hold the lease, or not any more
     * @throws BeyondLease if the part has tasks after the end of the lease
     */
    public Outcome post(JdbcClient sql, WorkerId worker, LeaseId leaseId, ResultPart part) {
        Optional<LeasedWork> work = LeasedWork.find(sql, worker, leaseId).filter(LeasedWork::isWorkerActive);
        if (work.isEmpty()) {
            WorkerLiveness.recordContact(sql, worker, clock.millis()); // a worker that returns gets its leases back
            return record(sql, worker, leaseId, part);
        }
        Outcome outcome = record(sql, work.get(), part);
        WorkerLiveness.recordWork(sql, worker, outcome.recorded().recorded(), clock.millis());
        return outcome;
    }

    /**
     * Records a part in the transaction of the caller, without contact with the worker.
     *
     * @throws LeaseLost if the worker does not hold the lease, or not any more
     * @throws BeyondLease if the part has tasks after the end of the lease
     */
    public Outcome record(JdbcClient sql, WorkerId worker, LeaseId leaseId, ResultPart part) {
        LeasedWork work = LeasedWork.find(sql, worker, leaseId)
                .orElseThrow(
                        () -> new LeaseLost("Lease " + leaseId + " is not this worker's, or went to another worker."));
        Outcome outcome = record(sql, work, part);
        credit(sql, worker, outcome.recorded().recorded());
        return outcome;
    }

    private Outcome record(JdbcClient sql, LeasedWork work, ResultPart part) {
        Lease lease = work.lease();
        LeaseId leaseId = lease.id();
        if (lease.state() == LeaseState.LOST) {
            throw new LeaseLost("Lease " + leaseId + " went to another worker.");
        }
        JobRecordingInfo job = work.job();
        if (job == null) {
            throw new LeaseLost("The job of lease " + leaseId + " was deleted.");
        }
        IndexRange range = part.range();
        if (range.count() > 0 && (range.first() < lease.first() || range.last() > lease.last())) {
            throw new BeyondLease(
                    "The part exceeds its lease, which has the indexes from " + lease.first() + " to " + lease.last()
                            + ", exclusive.",
                    lease.last());
        }
        if (job.isOver()) {
            return allKnown(job, range);
        }
        if (lease.round() != job.round()) {
            throw new LeaseLost("Job " + job.id() + " was retried since lease " + leaseId + " was taken.");
        }
        List<IndexRange> unknown = Leases.unrecorded(sql, lease, range);
        if (lease.state() == LeaseState.ENDED) {
            return answerAfterEnd(leaseId, job, range, unknown);
        }
        String refused = part.refused();
        return refused == null ? record(sql, lease, job, part, unknown) : refuse(sql, lease, job, refused);
    }

    /**
     * Records that the worker cannot read or run the batch. Another worker gets its tasks, without a charge. They fail
     * with the second refusal, so that no batch circulates forever.
     */
    private Outcome refuse(JdbcClient sql, Lease lease, JobRecordingInfo job, String reason) {
        if (lease.isCopy()) {
            SpeculativeCopies.end(sql, lease);
        } else if (lease.attempts().isLastRefusal()) {
            IndexRange all = new IndexRange(lease.first(), lease.last());
            ResultPart failed =
                    ResultPart.failed(all, ErrorKind.CRASH, "The batch was refused twice, last: " + reason, reason);
            return record(sql, lease, job, failed, Leases.unrecorded(sql, lease, all));
        } else {
            Leases.refuse(sql, lease, clock.millis());
        }
        return new Outcome(new Recorded(0, 0), job, End.NONE, null, false, workerWithNewCapacity(lease));
    }

    private static Outcome answerAfterEnd(
            LeaseId id, JobRecordingInfo job, IndexRange range, List<IndexRange> unknown) {
        if (!unknown.isEmpty()) {
            throw new LeaseLost("Lease " + id + " has ended, and its unfinished tasks were returned.");
        }
        return allKnown(job, range);
    }

    private static Outcome allKnown(JobRecordingInfo job, IndexRange range) {
        return new Outcome(new Recorded(0, range.count()), job, End.NONE, null, false, List.of());
    }

    private Outcome record(
            JdbcClient sql, Lease lease, JobRecordingInfo job, ResultPart part, List<IndexRange> unknown) {
        List<IndexRange> retryable = part.refused() == null ? retryable(lease, job, part, unknown) : List.of();
        if (lease.isCopy() && !retryable.isEmpty()) {
            SpeculativeCopies.end(sql, lease);
            return new Outcome(new Recorded(0, 0), job, End.NONE, null, false, workerWithNewCapacity(lease));
        }
        List<IndexRange> retried = lease.attempt() < job.maxAttempts() ? retryable : List.of();
        List<IndexRange> promoted = SpeculativeCopies.promoteCopy(
                sql, lease, retried, lease.attempts().afterFailure());
        List<IndexRange> again = without(retried, promoted);
        List<IndexRange> fresh = without(without(unknown, again), promoted);
        long failed = add(sql, lease, job, part, fresh);
        long recorded = count(fresh);
        Leases.retry(sql, lease, again, clock.millis());
        long settled = recorded + count(again) + count(promoted);
        boolean isFinished = part.done() && settled == lease.remaining() && !lease.isCopy() && !lease.hasCopy();
        List<WorkerId> workersToNotify = new ArrayList<>();
        boolean hasReturnedTasks = false;
        if (isFinished) {
            Leases.finish(sql, lease);
        } else {
            Leases.subtractRemaining(sql, lease, settled);
            workersToNotify.addAll(SpeculativeCopies.endOtherRun(sql, lease, fresh));
            hasReturnedTasks = part.done() && Leases.returnTasks(sql, reload(sql, lease));
            if (lease.hasCopy() && !part.done() && part.range().last() < lease.last()) {
                workersToNotify.addAll(SpeculativeCopies.endIfFinished(sql, lease.seq()));
            }
        }
        workersToNotify.addAll(workerWithNewCapacity(lease));
        int ended = isFinished && lease.isOpen() ? 1 : 0;
        End end = count(sql, job, new Counts(recorded - failed, failed, count(again), ended));
        if (end != End.NONE && !(isFinished && lease.count() == job.total())) {
            Leases.endAllOf(sql, job.seq());
        }
        Optional<List<WorkerId>> stopped = end == End.NONE && failed > 0 && job.hasTooManyFailures(failed)
                ? EndJob.end(sql, job.seq(), TerminationReason.TOO_MANY_FAILURES, clock.millis())
                : Optional.empty();
        stopped.ifPresent(workersToNotify::addAll);
        return new Outcome(
                new Recorded(recorded, part.range().count() - settled),
                job,
                stopped.isPresent() ? End.JOB : end,
                hasReturnedTasks ? lease.attempts() : null,
                lease.isCopy() && recorded > 0,
                workersToNotify);
    }

    /** Counts the outcomes of a part, and ends the job or starts its reduction after the last one. */
    private End count(JdbcClient sql, JobRecordingInfo job, Counts counts) {
        long outcomes = counts.succeeded() + counts.failed();
        boolean isSettled = job.isSettled(outcomes);
        boolean endsJob = isSettled && (!job.reduces() || job.failed() + counts.failed() > 0);
        if (endsJob && JobProgress.complete(sql, job.seq(), counts.succeeded(), counts.failed(), clock.millis())) {
            return End.JOB;
        }
        JobProgress.record(sql, job.seq(), counts.succeeded(), counts.failed(), counts.again(), counts.leases());
        if (isSettled && job.reduces() && Reduction.begin(sql, job.seq())) {
            JobProgress.clearCounters(sql, job.seq());
            return End.TASKS;
        }
        return End.NONE;
    }

    /**
     * Changes of a job's counters.
     *
     * @param again tasks that became pending
     * @param leases leases that ended
     */
    private record Counts(long succeeded, long failed, long again, int leases) {}

    /** The worker of the lease, if it may now get tasks that it could not get beside this lease. */
    private static List<WorkerId> workerWithNewCapacity(Lease lease) {
        return lease.attempts().losses() > 0 ? List.of(lease.worker()) : List.of();
    }

    private static List<IndexRange> without(List<IndexRange> ranges, List<IndexRange> others) {
        return ranges.stream().flatMap(range -> range.without(others).stream()).toList();
    }

    /** Tasks whose failure permits another attempt. */
    private static List<IndexRange> retryable(
            Lease lease, JobRecordingInfo job, ResultPart part, List<IndexRange> unknown) {
        return unknown.stream()
                .flatMap(range -> part.errorsWithin(range, lease.attempt()).stream())
                .filter(error -> job.isRetryable(error))
                .map(error -> new IndexRange(error.index(), error.index() + 1))
                .toList();
    }

    private long add(JdbcClient sql, Lease lease, JobRecordingInfo job, ResultPart part, List<IndexRange> fresh) {
        long position = job.nextPosition();
        long failed = 0;
        for (IndexRange range : fresh) {
            List<IndexedError> errors = OutOfMemoryDetails.add(
                    sql,
                    lease.worker(),
                    part.errorsWithin(range, lease.attempts().runs()));
            StoredBlock block = new StoredBlock(
                    position,
                    part.valuesWithin(range),
                    errors.isEmpty() ? null : json.writeValueAsString(stored(errors)),
                    json.writeValueAsString(part.microsWithin(range)),
                    textOrNull(part.outputWithin(range)),
                    lease.worker().value(),
                    lease.attempts().runs(),
                    clock.millis(),
                    lease.round());
            ResultSegments.add(sql, lease.jobSeq(), block);
            position += range.count();
            failed += errors.size();
        }
        return failed;
    }

    private static List<IndexedError> stored(List<IndexedError> errors) {
        return errors.stream().map(IndexedError::stored).toList();
    }

    private @Nullable String textOrNull(List<IndexedOutput> output) {
        return output.isEmpty() ? null : json.writeValueAsString(output);
    }

    private static void credit(JdbcClient sql, WorkerId worker, long tasks) {
        sql.sql(CREDIT_WORKER)
                .param("tasks", tasks)
                .param("worker", worker.value())
                .update();
    }

    private static Lease reload(JdbcClient sql, Lease lease) {
        return Leases.find(sql, lease.worker(), lease.id()).orElseThrow();
    }

    private static long count(List<IndexRange> ranges) {
        return ranges.stream().mapToLong(IndexRange::count).sum();
    }

    /** The scope that ends with a part. */
    public enum End {
        NONE,
        /** The last task has succeeded, and the reduction starts. */
        TASKS,
        JOB
    }

    /**
     * Result of the recording of a part.
     *
     * @param end the scope that ended with the part
     * @param again attempts and losses of tasks that may run again at once; null if there are none
     * @param copyWon whether a speculative copy posted the first outcome
     * @param workersToNotify workers to notify: those with obsolete runs, and the worker of the part if it may get more
     *     tasks now
     */
    public record Outcome(
            Recorded recorded,
            JobRecordingInfo job,
            End end,
            @Nullable LossPolicy again,
            boolean copyWon,
            List<WorkerId> workersToNotify) {
        JobId jobId() {
            return job.id();
        }
    }
}
