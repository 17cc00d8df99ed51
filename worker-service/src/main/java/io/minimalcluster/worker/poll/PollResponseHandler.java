package io.minimalcluster.worker.poll;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.worker.batch.BatchRunner;
import io.minimalcluster.worker.batch.ChangeCounter;
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

/** Takes what a poll brought: begins with each new batch, and carries out the orders. */
public final class PollResponseHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollResponseHandler.class);
    private static final Duration LONGEST_UNPOSTED = Duration.ofMillis(250);

    private final HeldLeases leases;
    private final BatchRunner running;
    private final ResultPoster poster;
    private final UnpostedBytes unpostedBytes;
    private final ChangeCounter changeCounter;
    private final Executor threads;
    private final AtomicBoolean told = new AtomicBoolean();

    public PollResponseHandler(
            HeldLeases leases,
            BatchRunner running,
            ResultPoster poster,
            UnpostedBytes unpostedBytes,
            ChangeCounter changeCounter,
            Executor threads) {
        this.leases = leases;
        this.running = running;
        this.poster = poster;
        this.unpostedBytes = unpostedBytes;
        this.changeCounter = changeCounter;
        this.threads = threads;
    }

    /** Takes an answer; false if it held nothing new. */
    boolean take(WorkerId worker, PollResponse response) {
        boolean isNews = false;
        for (Batch batch : response.batches()) {
            isNews |= begin(worker, batch);
        }
        for (Shrink order : response.shrunk()) {
            isNews |= shrink(order);
        }
        for (LeaseId lease : response.stop()) {
            isNews |= stop(lease);
        }
        boolean drains = response.drain().filter(this::drain).isPresent();
        return isNews || drains;
    }

    private boolean begin(WorkerId worker, Batch batch) {
        ResultBuffer buffer = new ResultBuffer(unpostedBytes, LONGEST_UNPOSTED);
        LeasedBatch leased = new LeasedBatch(worker, batch, buffer, changeCounter);
        if (!leases.add(leased)) {
            return false;
        }
        if (leases.isClosing()) {
            leased.giveBack();
        }
        threads.execute(() -> running.run(leased));
        threads.execute(() -> post(leased));
        return true;
    }

    private void post(LeasedBatch leased) {
        try {
            poster.run(leased);
        } catch (InterruptedException _) {
            LOG.debug("event=posting-interrupted lease={}", leased.leaseId());
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
                    if (!batch.isThrough()) { // else its last post and this order passed each other
                        LOG.info(
                                "event=stopped lease={} job={}",
                                lease,
                                batch.batch().jobId());
                    }
                    leases.drop(batch);
                    return true;
                })
                .isPresent();
    }

    private boolean drain(boolean drain) {
        if (told.getAndSet(drain) != drain) {
            LOG.info("event={} by=master", drain ? "draining" : "resumed");
        }
        return leases.setDraining(drain);
    }

    /** A wait ended with nothing: a worker that drains asks for work again, to be told whether it still is to. */
    void pollEndedEmpty() {
        leases.setDraining(false);
    }
}
