package io.minimalcluster.worker.work;

import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterException;
import io.minimalcluster.worker.master.MasterException.Busy;
import io.minimalcluster.worker.master.MasterException.LeaseLost;
import io.minimalcluster.worker.master.MasterException.NotTaken;
import io.minimalcluster.worker.master.MasterException.Refused;
import io.minimalcluster.worker.master.MasterException.Unreachable;
import io.minimalcluster.worker.master.MasterException.WorkerUnknown;
import io.minimalcluster.worker.master.Results;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts what a batch yields, until its lease is over. */
final class Posting {
    private static final Logger LOG = LoggerFactory.getLogger(Posting.class);
    private static final long ORDER_ON_ITS_WAY_MILLIS = 1000;

    private final MasterClient master;
    private final Perseverance perseverance;
    private final Membership membership;

    Posting(MasterClient master, Perseverance perseverance, Membership membership) {
        this.master = master;
        this.perseverance = perseverance;
        this.membership = membership;
    }

    /** Posts all of it; returns when the lease is over, one way or another. */
    void run(LeasedBatch batch) throws InterruptedException {
        try {
            boolean last = false;
            while (!last) {
                Optional<Post> post = batch.outbox().take();
                if (post.isEmpty()) {
                    return;
                }
                settle(batch, post.get());
                last = post.get().last();
            }
        } catch (MasterException | IOException e) {
            giveUp(batch, e);
        }
    }

    private void settle(LeasedBatch batch, Post post) throws MasterException, IOException, InterruptedException {
        try {
            send(batch, post);
        } catch (NotTaken e) {
            mend(batch, post, e);
        } finally {
            batch.outbox().settled(post);
        }
    }

    private void send(LeasedBatch batch, Post post) throws MasterException, IOException, InterruptedException {
        Perseverance.Call<Recorded> call = () -> master.results(batch.worker(), batch.leaseId(), results(batch, post));
        perseverance.make(call, () -> !batch.outbox().isDropped());
    }

    /** What of the post is within the lease now: its end may have come nearer since it was made. */
    private static Results results(LeasedBatch batch, Post post) {
        int end = batch.end();
        return (post.end() > end ? post.with(part -> part.before(end)) : post).toResults(batch.batch());
    }

    /** The master takes the post as a whole or not at all: finds what is wrong with it, and posts the rest. */
    private void mend(LeasedBatch batch, Post post, NotTaken why)
            throws MasterException, IOException, InterruptedException {
        why.leaseEnd().ifPresent(batch::shrink); // the order may be late, or lost
        boolean outlivedItsLease = post.isWellFormed() && batch.awaitEndBefore(post.end(), ORDER_ON_ITS_WAY_MILLIS);
        if (!outlivedItsLease) {
            LOG.warn(
                    "event=results-refused lease={} job={} reason=\"{}\"",
                    batch.leaseId(),
                    batch.batch().jobId(),
                    why.getMessage());
        }
        boolean allBad = post.isWellFormed() && !outlivedItsLease;
        send(batch, post.with(part -> allBad || !part.isWellFormed() ? part.asCrashes(message(why)) : part));
    }

    private static String message(NotTaken why) {
        return "The executor wrote results that can't be recorded: " + why.getMessage();
    }

    private void giveUp(LeasedBatch batch, Exception why) throws InterruptedException {
        if (!(why instanceof MasterException error)) {
            LOG.error("event=post-failed lease={}", batch.leaseId(), why);
            return;
        }
        switch (error) {
            case WorkerUnknown _ -> membership.lost(batch.worker());
            case Refused refused -> membership.refused(refused);
            case LeaseLost _, Busy _, Unreachable _ -> logGivenUp(batch, error);
            case NotTaken _ -> {
                logGivenUp(batch, error);
                returnLease(batch);
            }
        }
    }

    private static void logGivenUp(LeasedBatch batch, MasterException why) {
        LOG.info(
                "event=lease-given-up lease={} job={} reason=\"{}\"",
                batch.leaseId(),
                batch.batch().jobId(),
                why.getMessage());
    }

    /** A lease that nothing can be posted under must end all the same, or its tasks wait for it. */
    private void returnLease(LeasedBatch batch) throws InterruptedException {
        Results nothing = Results.nothingMore(batch.batch().placeOf(0));
        try {
            master.results(batch.worker(), batch.leaseId(), nothing);
        } catch (MasterException e) {
            LOG.warn("event=lease-not-returned lease={} reason=\"{}\"", batch.leaseId(), e.getMessage());
        }
    }
}
