package io.minimalcluster.worker.work;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Shrink;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.master.PollAnswer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a poll brought: begins with each new batch, and carries out the orders. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration LONGEST_UNPOSTED = Duration.ofMillis(250);

    private final HeldLeases leases;
    private final RunBatch running;
    private final Posting posting;
    private final Unposted unposted;
    private final Changes changes;
    private final Executor threads;
    private final AtomicBoolean told = new AtomicBoolean();

    Intake(HeldLeases leases, RunBatch running, Posting posting, Unposted unposted, Changes changes, Executor threads) {
        this.leases = leases;
        this.running = running;
        this.posting = posting;
        this.unposted = unposted;
        this.changes = changes;
        this.threads = threads;
    }

    /** Takes an answer; false if it held nothing new. */
    boolean take(WorkerId worker, PollAnswer answer) {
        boolean isNews = false;
        for (Batch batch : answer.batches()) {
            isNews |= begin(worker, batch);
        }
        for (Shrink order : answer.shrunk()) {
            isNews |= shrink(order);
        }
        for (LeaseId lease : answer.stop()) {
            isNews |= stop(lease);
        }
        boolean drains = answer.drain().filter(this::drain).isPresent();
        return isNews || drains;
    }

    private boolean begin(WorkerId worker, Batch batch) {
        Outbox outbox = new Outbox(unposted, LONGEST_UNPOSTED);
        LeasedBatch leased = new LeasedBatch(worker, batch, outbox, changes);
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
            posting.run(leased);
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
    void nothingCame() {
        leases.setDraining(false);
    }
}
