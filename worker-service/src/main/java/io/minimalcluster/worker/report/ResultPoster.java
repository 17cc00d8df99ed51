package io.minimalcluster.worker.report;

import io.minimalcluster.model.worker.Recorded;
import io.minimalcluster.worker.batch.LeasedBatch;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.ResultPart;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.registration.Registration;
import io.minimalcluster.worker.report.buffer.ResultPost;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the results of a batch until its lease ends. */
public final class ResultPoster {
    private static final Logger log = LoggerFactory.getLogger(ResultPoster.class);
    private static final long SHRINK_DELAY_MILLIS = 1000;

    private final MasterClient master;
    private final RetryingCaller retryingCaller;
    private final Registration registration;

    public ResultPoster(MasterClient master, RetryingCaller retryingCaller, Registration registration) {
        this.master = master;
        this.retryingCaller = retryingCaller;
        this.registration = registration;
    }

    /** Posts all results. Returns when the lease has ended for any reason. */
    public void run(LeasedBatch batch) throws InterruptedException {
        try {
            boolean last = false;
            while (!last) {
                Optional<ResultPost> resultPost = batch.resultBuffer().take();
                if (resultPost.isEmpty()) {
                    return;
                }
                post(batch, resultPost.get());
                last = resultPost.get().last();
            }
        } catch (MasterCallException | IOException e) {
            giveUp(batch, e);
        }
    }

    private void post(LeasedBatch batch, ResultPost resultPost)
            throws MasterCallException, IOException, InterruptedException {
        Optional<String> refusal = resultPost.last() ? batch.refusal() : Optional.empty();
        try {
            if (refusal.isEmpty()) {
                send(batch, resultPost);
            } else {
                sendRefusal(batch, resultPost, refusal.get());
            }
        } catch (RequestRejected e) {
            repairAndSend(batch, resultPost, e);
        } finally {
            batch.resultBuffer().release(resultPost);
        }
    }

    private void send(LeasedBatch batch, ResultPost resultPost)
            throws MasterCallException, IOException, InterruptedException {
        send(batch, () -> results(batch, resultPost));
    }

    private void send(LeasedBatch batch, Supplier<ResultPart> results)
            throws MasterCallException, IOException, InterruptedException {
        RetryingCaller.Call<Recorded> call = () -> master.results(batch.worker(), batch.leaseId(), results.get());
        retryingCaller.make(call, () -> !batch.resultBuffer().isDropped());
    }

    /** Sends outcomes before the refusal, because a refusal has no values. */
    private void sendRefusal(LeasedBatch batch, ResultPost resultPost, String reason)
            throws MasterCallException, IOException, InterruptedException {
        if (!resultPost.parts().isEmpty()) {
            send(batch, new ResultPost(resultPost.parts(), resultPost.bytes(), false));
        }
        send(batch, () -> ResultPart.refused(batch.batch().reportedPosition(0), reason));
    }

    /** The outcomes of a post that are still leased. The lease may have been shrunk since the post was created. */
    private static ResultPart results(LeasedBatch batch, ResultPost resultPost) {
        int end = batch.end();
        return (resultPost.end() > end ? resultPost.with(part -> part.before(end)) : resultPost)
                .toResults(batch.batch());
    }

    /**
     * Repairs a rejected post and sends it again. The master accepts or rejects a post as a whole, so bad parts are
     * replaced by crashes.
     */
    private void repairAndSend(LeasedBatch batch, ResultPost resultPost, RequestRejected cause)
            throws MasterCallException, IOException, InterruptedException {
        cause.leaseEnd().ifPresent(batch::shrink); // the shrink order may be delayed or lost
        boolean exceededLease =
                resultPost.isWellFormed() && batch.awaitEndBefore(resultPost.end(), SHRINK_DELAY_MILLIS);
        if (!exceededLease) {
            log.warn(
                    "event=results.rejected lease={} job={} reason=\"{}\"",
                    batch.leaseId(),
                    batch.batch().jobId(),
                    cause.getMessage());
        }
        boolean allBad = resultPost.isWellFormed() && !exceededLease;
        send(batch, resultPost.with(part -> allBad || !part.isWellFormed() ? part.asCrashes(message(cause)) : part));
    }

    private static String message(RequestRejected cause) {
        return "The executor wrote results that can't be recorded: " + cause.getMessage();
    }

    private void giveUp(LeasedBatch batch, Exception cause) throws InterruptedException {
        if (!(cause instanceof MasterCallException error)) {
            log.error("event=results.failed lease={}", batch.leaseId(), cause);
            return;
        }
        switch (error) {
            case WorkerUnknown _ -> registration.reregister(batch.worker());
            case Refused refused -> registration.refused(refused);
            case LeaseLost _, Busy _, Unreachable _ -> logGivenUp(batch, error);
            case RequestRejected _ -> {
                logGivenUp(batch, error);
                returnLease(batch);
            }
        }
    }

    private static void logGivenUp(LeasedBatch batch, MasterCallException cause) {
        log.info(
                "event=lease.dropped lease={} job={} reason=\"{}\"",
                batch.leaseId(),
                batch.batch().jobId(),
                cause.getMessage());
    }

    /** Ends a lease whose results were all rejected, so that its tasks are reassigned. */
    private void returnLease(LeasedBatch batch) throws InterruptedException {
        ResultPart nothing = ResultPart.nothingMore(batch.batch().reportedPosition(0));
        try {
            master.results(batch.worker(), batch.leaseId(), nothing);
        } catch (MasterCallException e) {
            log.warn("event=lease.not-returned lease={} reason=\"{}\"", batch.leaseId(), e.getMessage());
        }
    }
}
