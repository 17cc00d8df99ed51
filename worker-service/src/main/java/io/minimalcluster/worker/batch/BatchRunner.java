package io.minimalcluster.worker.batch;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.support.Backoff;
import io.minimalcluster.model.support.LruCache;
import io.minimalcluster.worker.bundle.BundleCache;
import io.minimalcluster.worker.executor.BatchExecutor;
import io.minimalcluster.worker.executor.protocol.BatchRefusedException;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.SharedValue;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.Batch.Arguments;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.report.buffer.OutcomeRange;
import io.minimalcluster.worker.settings.WorkerOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a leased batch: fetches its bundle, waits for a slot and executes its tasks. */
public final class BatchRunner {
    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    /** After this many failures of a job on a worker that passes its self-test, its batches are refused. */
    private static final int MAX_FAILURES = 3;

    private static final int MAX_FAILED_JOBS = 100;

    private final BundleCache bundles;
    private final SharedValueCache shared;
    private final BatchExecutor batchExecutor;
    private final RetryingCaller retryingCaller;
    private final WorkerOptions options;
    private final SelfCheck selfCheck;
    private final Backoff backoff;
    private final Semaphore slots;

    /** The consecutive failures by job, of the jobs that failed last. */
    private final Map<JobId, Integer> failures = LruCache.of(MAX_FAILED_JOBS);

    public BatchRunner(
            BundleCache bundles,
            SharedValueCache shared,
            BatchExecutor batchExecutor,
            RetryingCaller retryingCaller,
            WorkerOptions options,
            SelfCheck selfCheck) {
        this.bundles = bundles;
        this.shared = shared;
        this.batchExecutor = batchExecutor;
        this.retryingCaller = retryingCaller;
        this.options = options;
        this.selfCheck = selfCheck;
        this.backoff = retryingCaller.newBackoff();
        this.slots = new Semaphore(options.slots(), true);
    }

    /** Runs the batch to its end. Tasks without an outcome return to the master when the lease ends. */
    public void run(LeasedBatch batch) {
        try {
            if (batch.batch().arguments() instanceof Arguments.Unreadable(String reason)) {
                refuse(batch, reason);
            } else if (batch.beginWait()) {
                runInSlot(batch);
                backoff.reset();
                failures.remove(batch.batch().jobId());
            }
        } catch (InterruptedException _) {
            log.debug("event=batch.interrupted lease={}", batch.leaseId());
        } catch (RequestRejected | BatchRefusedException e) {
            refuse(batch, message(e));
        } catch (MasterCallException | IOException | RuntimeException e) {
            handleFailure(batch, e);
        } finally {
            batch.finish();
        }
    }

    private void runInSlot(LeasedBatch batch) throws MasterCallException, IOException, InterruptedException {
        Optional<BundleCache.Pin> pinned =
                retryingCaller.make(() -> bundles.pin(batch.batch().environmentId()), batch::isWanted);
        if (pinned.isEmpty()) {
            return;
        }
        try (BundleCache.Pin bundle = pinned.get()) {
            Optional<Optional<SharedValue>> value = retryingCaller.make(() -> shared.of(batch), batch::isWanted);
            if (value.isEmpty()) {
                return;
            }
            BatchSpec work = work(batch.batch(), bundle, value.get());
            slots.acquire();
            try {
                batch.run(batchExecutor.prepare(work, part -> addPart(batch, part)));
            } finally {
                slots.release();
            }
        }
    }

    private static void addPart(LeasedBatch batch, ExecutedPart part) {
        boolean isInside = part.first() >= 0
                && part.count() > 0
                && (long) part.first() + part.count() <= batch.batch().count();
        if (!isInside) {
            log.warn("event=part.ignored lease={} first={} count={}", batch.leaseId(), part.first(), part.count());
            return;
        }
        try {
            batch.resultBuffer().add(OutcomeRange.of(part));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refuse(LeasedBatch batch, String reason) {
        log.warn(
                "event=batch.refused lease={} job={} reason=\"{}\"",
                batch.leaseId(),
                batch.batch().jobId(),
                reason);
        batch.refuse(reason);
    }

    /**
     * Pauses before the batch returns to the master, which would otherwise hand it out again at once. After repeated
     * failures the batch is refused.
     */
    private void handleFailure(LeasedBatch batch, Exception cause) {
        log.warn(
                "event=batch.failed lease={} job={} reason=\"{}\"",
                batch.leaseId(),
                batch.batch().jobId(),
                message(cause));
        log.debug("event=batch.failed lease={}", batch.leaseId(), cause);
        try {
            if (!(cause instanceof MasterCallException)
                    && selfCheck.runAfterFailure()
                    && failures.merge(batch.batch().jobId(), 1, Integer::sum) >= MAX_FAILURES) {
                refuse(batch, "the worker cannot run it: " + message(cause));
            }
            Thread.sleep(backoff.next());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String message(Exception cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private BatchSpec work(Batch batch, BundleCache.Pin bundle, Optional<SharedValue> value) {
        Long from = null;
        long step = 1;
        byte[] args = {};
        switch (batch.arguments()) {
            case Arguments.Unreadable(String reason) -> throw new IllegalArgumentException(reason);
            case Arguments.Listed listed -> args = listed.json();
            case Arguments.Range range
            when batch.indexes() == null -> {
                from = range.at(batch.first());
                step = range.step();
            }
            case Arguments.Range range -> args = range.listed(batch);
        }
        return new BatchSpec(
                batch.scope(),
                batch.environmentId(),
                bundle.file(),
                bundle.libraries(),
                batch.method(),
                batch.count(),
                from,
                step,
                args,
                batch.taskTimeout(),
                Math.min(batch.maxResultBytes(), options.maxResultBytes()),
                batch.network() && options.network(),
                batch.fold(),
                value.orElse(null));
    }
}
