package io.minimalcluster.worker.poll;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.worker.batch.BatchRunner;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.batch.LeasedBatch;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.PollResponse;
import io.minimalcluster.worker.report.ResultPoster;
import io.minimalcluster.worker.report.buffer.ResultBuffer;
import io.minimalcluster.worker.report.buffer.UnpostedBytes;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles poll responses: starts new batches and carries out orders. */
public final class PollResponseHandler {
    private static final Logger log = LoggerFactory.getLogger(PollResponseHandler.class);
    private static final Duration MAX_POST_DELAY = Duration.ofMillis(250);

    private final HeldLeases leases;
    private final BatchRunner batchRunner;
    private final ResultPoster poster;
    private final UnpostedBytes unpostedBytes;
    private final Executor threads;
    private final AtomicBoolean loggedDrain = new AtomicBoolean();

    public PollResponseHandler(
            HeldLeases leases,
            BatchRunner batchRunner,
            ResultPoster poster,
            UnpostedBytes unpostedBytes,
            Executor threads) {
        this.leases = leases;
        this.batchRunner = batchRunner;
        this.poster = poster;
        this.unpostedBytes = unpostedBytes;
        this.threads = threads;
    }

    /** Handles a response. Returns false if it had no new content. */
    boolean handle(WorkerId worker, PollResponse response) {
        boolean hasContent = false;
        for (Batch batch : response.batches()) {
            hasContent |= startBatch(worker, batch);
        }
        for (Shrink order : response.shrunk()) {
            hasContent |= shrink(order);
        }
        for (LeaseId lease : response.stop()) {
            hasContent |= stop(lease);
        }
        boolean drainChanged = response.drain().filter(this::drain).isPresent();
        return hasContent || drainChanged;
    }

    private boolean startBatch(WorkerId worker, Batch batch) {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, MAX_POST_DELAY);
        LeasedBatch leased = new LeasedBatch(worker, batch, buffer, leases.changeCounter());
        if (!leases.add(leased)) {
            return false;
        }
        if (leases.isClosing()) {
            leased.returnUnstarted();
        }
        threads.execute(() -> batchRunner.run(leased));
        threads.execute(() -> post(leased));
        return true;
    }

    private void post(LeasedBatch leased) {
        try {
            poster.run(leased);
        } catch (InterruptedException _) {
            log.debug("event=results.interrupted lease={}", leased.leaseId());
        } finally {
            leases.drop(leased);
        }
    }

    private boolean shrink(Shrink order) {
        return leases.find(order.leaseId())
                .filter(batch -> batch.shrink(order.end()))
                .isPresent();
    }

    private boolean stop(LeaseId lease) {
        return leases.find(lease)
                .filter(batch -> {
                    if (!batch.isFinished()) { // otherwise the last post and this order crossed
                        log.info(
                                "event=lease.stopped lease={} job={}",
                                lease,
                                batch.batch().jobId());
                    }
                    leases.drop(batch);
                    return true;
                })
                .isPresent();
    }

    private boolean drain(boolean drain) {
        if (loggedDrain.getAndSet(drain) != drain) {
            log.info("event={} by=master", drain ? "worker.draining" : "worker.resumed");
        }
        return leases.setDraining(drain);
    }

    /**
     * Handles a poll that timed out. A draining worker then requests batches again, and the master repeats the order if
     * it still applies.
     */
    void pollEndedEmpty() {
        leases.setDraining(false);
    }
}
