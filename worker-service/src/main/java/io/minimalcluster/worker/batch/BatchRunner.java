package io.minimalcluster.worker.batch;

import io.minimalcluster.worker.bundle.BundleCache;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.SharedValue;
import io.minimalcluster.worker.master.Backoff;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.Batch.Arguments;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.report.buffer.OutcomeRange;
import io.minimalcluster.worker.settings.WorkerOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a batch: gets its bundle, waits for a slot, and feeds an executor. */
public final class BatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final BundleCache bundles;
    private final SharedValueCache shared;
    private final BatchExecutor executions;
    private final RetryingCaller retryingCaller;
    private final WorkerOptions options;
    private final Setbacks setbacks;
    private final Semaphore slots;

    /** What follows when a batch could not be run. */
    public record Setbacks(Backoff backoff, SelfCheck selfCheck) {}

    public BatchRunner(
            BundleCache bundles,
            SharedValueCache shared,
            BatchExecutor executions,
            RetryingCaller retryingCaller,
            WorkerOptions options,
            Setbacks setbacks) {
        this.bundles = bundles;
        this.shared = shared;
        this.executions = executions;
        this.retryingCaller = retryingCaller;
        this.options = options;
        this.setbacks = setbacks;
        this.slots = new Semaphore(options.slots(), true);
    }

    /** Runs it to its end, whatever that is; what it did not do goes back when its lease ends. */
    public void run(LeasedBatch batch) {
        try {
            if (batch.mayWait()) {
                runInSlot(batch);
                setbacks.backoff().reset();
            }
        } catch (InterruptedException _) {
            LOG.debug("event=batch-interrupted lease={}", batch.leaseId());
        } catch (MasterCallException | IOException | RuntimeException e) {
            setback(batch, e);
        } finally {
            batch.through();
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
                batch.run(executions.prepare(work, part -> add(batch, part)));
            } finally {
                slots.release();
            }
        }
    }

    private static void add(LeasedBatch batch, ExecutedPart part) {
        boolean belongs = part.first() >= 0
                && part.count() > 0
                && (long) part.first() + part.count() <= batch.batch().count();
        if (!belongs) {
            LOG.warn("event=part-ignored lease={} first={} count={}", batch.leaseId(), part.first(), part.count());
            return;
        }
        try {
            batch.resultBuffer().add(OutcomeRange.of(part));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The batch goes back to the master; not at once, or it would come again at once. */
    private void setback(LeasedBatch batch, Exception why) {
        LOG.warn(
                "event=batch-not-run lease={} job={} reason=\"{}\"",
                batch.leaseId(),
                batch.batch().jobId(),
                why.getMessage() == null ? why.toString() : why.getMessage());
        LOG.debug("event=batch-not-run lease={}", batch.leaseId(), why);
        try {
            if (!(why instanceof MasterCallException)) {
                setbacks.selfCheck().check();
            }
            Thread.sleep(setbacks.backoff().next());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private BatchSpec work(Batch batch, BundleCache.Pin bundle, Optional<SharedValue> value) {
        Long from = null;
        long step = 1;
        byte[] args = {};
        switch (batch.arguments()) {
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
