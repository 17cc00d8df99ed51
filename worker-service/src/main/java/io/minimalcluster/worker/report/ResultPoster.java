package io.minimalcluster.worker.report;

import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.worker.batch.LeasedBatch;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.NotTaken;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.ResultPart;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.registration.Registration;
import io.minimalcluster.worker.report.buffer.ResultPost;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts what a batch yields, until its lease is over. */
public final class ResultPoster {
    private static final Logger LOG = LoggerFactory.getLogger(ResultPoster.class);
    private static final long ORDER_ON_ITS_WAY_MILLIS = 1000;

    private final MasterClient master;
    private final RetryingCaller retryingCaller;
    private final Registration registration;

    public ResultPoster(MasterClient master, RetryingCaller retryingCaller, Registration registration) {
        this.master = master;
        this.retryingCaller = retryingCaller;
        this.registration = registration;
    }

    /** Posts all of it; returns when the lease is over, one way or another. */
    public void run(LeasedBatch batch) throws InterruptedException {
        try {
            boolean last = false;
            while (!last) {
                Optional<ResultPost> resultPost = batch.resultBuffer().take();
                if (resultPost.isEmpty()) {
                    return;
                }
                settle(batch, resultPost.get());
                last = resultPost.get().last();
            }
        } catch (MasterCallException | IOException e) {
            giveUp(batch, e);
        }
    }

    private void settle(LeasedBatch batch, ResultPost resultPost)
            throws MasterCallException, IOException, InterruptedException {
        try {
            send(batch, resultPost);
        } catch (NotTaken e) {
            mend(batch, resultPost, e);
        } finally {
            batch.resultBuffer().settled(resultPost);
        }
    }

    private void send(LeasedBatch batch, ResultPost resultPost)
            throws MasterCallException, IOException, InterruptedException {
        RetryingCaller.Call<Recorded> call =
                () -> master.results(batch.worker(), batch.leaseId(), results(batch, resultPost));
        retryingCaller.make(call, () -> !batch.resultBuffer().isDropped());
    }

    /** What of the post is within the lease now: its end may have come nearer since it was made. */
    private static ResultPart results(LeasedBatch batch, ResultPost resultPost) {
        int end = batch.end();
        return (resultPost.end() > end ? resultPost.with(part -> part.before(end)) : resultPost)
                .toResults(batch.batch());
    }

    /** The master takes the post as a whole or not at all: finds what is wrong with it, and posts the rest. */
    private void mend(LeasedBatch batch, ResultPost resultPost, NotTaken why)
            throws MasterCallException, IOException, InterruptedException {
        why.leaseEnd().ifPresent(batch::shrink); // the order may be late, or lost
        boolean outlivedItsLease =
                resultPost.isWellFormed() && batch.awaitEndBefore(resultPost.end(), ORDER_ON_ITS_WAY_MILLIS);
        if (!outlivedItsLease) {
            LOG.warn(
                    "event=results-refused lease={} job={} reason=\"{}\"",
                    batch.leaseId(),
                    batch.batch().jobId(),
                    why.getMessage());
        }
        boolean allBad = resultPost.isWellFormed() && !outlivedItsLease;
        send(batch, resultPost.with(part -> allBad || !part.isWellFormed() ? part.asCrashes(message(why)) : part));
    }

    private static String message(NotTaken why) {
        return "The executor wrote results that can't be recorded: " + why.getMessage();
    }

    private void giveUp(LeasedBatch batch, Exception why) throws InterruptedException {
        if (!(why instanceof MasterCallException error)) {
            LOG.error("event=post-failed lease={}", batch.leaseId(), why);
            return;
        }
        switch (error) {
            case WorkerUnknown _ -> registration.lost(batch.worker());
            case Refused refused -> registration.refused(refused);
            case LeaseLost _, Busy _, Unreachable _ -> logGivenUp(batch, error);
            case NotTaken _ -> {
                logGivenUp(batch, error);
                returnLease(batch);
            }
        }
    }

    private static void logGivenUp(LeasedBatch batch, MasterCallException why) {
        LOG.info(
                "event=lease-given-up lease={} job={} reason=\"{}\"",
                batch.leaseId(),
                batch.batch().jobId(),
                why.getMessage());
    }

    /** A lease that nothing can be posted under must end all the same, or its tasks wait for it. */
    private void returnLease(LeasedBatch batch) throws InterruptedException {
        ResultPart nothing = ResultPart.nothingMore(batch.batch().placeOf(0));
        try {
            master.results(batch.worker(), batch.leaseId(), nothing);
        } catch (MasterCallException e) {
            LOG.warn("event=lease-not-returned lease={} reason=\"{}\"", batch.leaseId(), e.getMessage());
        }
    }
}
