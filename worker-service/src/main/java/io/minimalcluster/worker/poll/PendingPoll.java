package io.minimalcluster.worker.poll;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.PollResponse;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.registration.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One long poll, retried with the same request id until it gets a response or a newer poll supersedes it. */
final class PendingPoll {
    private static final int MAX_RATIO = 3;
    private static final Duration IMMEDIATE = Duration.ofSeconds(1);

    private final WorkerId worker;
    private final String requestId;
    private final int slots;
    private final long opened = System.nanoTime();
    private volatile boolean superseded;
    private volatile boolean finished;
    private volatile boolean emptyWithoutWait;

    PendingPoll(WorkerId worker, String requestId, int slots) {
        this.worker = worker;
        this.requestId = requestId;
        this.slots = slots;
    }

    /**
     * Whether the poll may stay open at a capacity. A poll for somewhat fewer batches may, because the next poll
     * follows its response at once.
     */
    boolean isAdequateFor(int capacity) {
        return slots == 0 ? capacity == 0 : slots <= capacity && capacity <= MAX_RATIO * slots;
    }

    /** Marks the poll as superseded by a newer one. */
    void supersede() {
        superseded = true;
    }

    boolean isFinished() {
        return finished;
    }

    /** Whether the response had no content although the master did not wait. */
    boolean wasEmptyWithoutWait() {
        return emptyWithoutWait;
    }

    /** Sends the poll, and passes the response to the handler. */
    void run(
            MasterClient master,
            RetryingCaller retryingCaller,
            Registration registration,
            HeldLeases leases,
            PollResponseHandler responseHandler)
            throws InterruptedException {
        try {
            RetryingCaller.Call<PollResponse> call =
                    () -> master.poll(worker, new PollRequest(requestId, slots, leases.idsOf(worker)));
            Optional<PollResponse> response = retryingCaller.make(call, () -> !superseded);
            if (response.filter(PollResponse.NOTHING::equals).isPresent() && !superseded) {
                responseHandler.pollEndedEmpty();
            }
            if (response.filter(PollResponse::shutdown).isPresent()) {
                registration.shutdownRequested();
            }
            boolean hasContent = response.isPresent()
                    && registration.isCurrent(worker)
                    && responseHandler.handle(worker, response.get());
            emptyWithoutWait = !hasContent && System.nanoTime() - opened < IMMEDIATE.toNanos();
        } catch (WorkerUnknown _) {
            registration.reregister(worker);
        } catch (Refused e) {
            registration.refused(e);
        } catch (MasterCallException | IOException _) {
            emptyWithoutWait = true;
        } catch (RuntimeException | LinkageError e) { // a defect, so that the next poll needs a pause
            emptyWithoutWait = true;
            throw e;
        } finally {
            finished = true;
        }
    }
}
