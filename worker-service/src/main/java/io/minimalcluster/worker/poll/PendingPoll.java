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

/** One poll, repeated with the same request id until it is answered or a newer one took its place. */
final class PendingPoll {
    private static final int FEW = 3;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final WorkerId worker;
    private final String requestId;
    private final int slots;
    private final Duration wait;
    private final long opened = System.nanoTime();
    private volatile boolean replaced;
    private volatile boolean over;
    private volatile boolean inVain;

    PendingPoll(WorkerId worker, String requestId, int slots, Duration wait) {
        this.worker = worker;
        this.requestId = requestId;
        this.slots = slots;
        this.wait = wait;
    }

    /**
     * Whether it may stay open with so much room. One that asks for a little less than it could is as good: the next
     * one, right behind its answer, asks for the rest.
     */
    boolean suits(int room) {
        return slots == 0 ? room == 0 : slots <= room && room <= FEW * slots;
    }

    /** Says that a newer one is open. */
    void replace() {
        replaced = true;
    }

    boolean isOver() {
        return over;
    }

    /** Whether it brought nothing new although the master did not wait. */
    boolean wasEmptyWithoutWait() {
        return inVain;
    }

    /** Asks, and hands on the answer. */
    void ask(
            MasterClient master,
            RetryingCaller retryingCaller,
            Registration registration,
            HeldLeases leases,
            PollResponseHandler responseHandler)
            throws InterruptedException {
        try {
            RetryingCaller.Call<PollResponse> call =
                    () -> master.poll(worker, new PollRequest(requestId, slots, leases.idsOf(worker)), wait);
            Optional<PollResponse> response = retryingCaller.make(call, () -> !replaced);
            if (response.filter(PollResponse.NOTHING::equals).isPresent() && !replaced) {
                responseHandler.pollEndedEmpty();
            }
            if (response.filter(PollResponse::shutdown).isPresent()) {
                registration.shutdownRequested();
            }
            boolean news = response.isPresent()
                    && registration.isCurrent(worker)
                    && responseHandler.take(worker, response.get());
            inVain = !news && System.nanoTime() - opened < AT_ONCE.toNanos();
        } catch (WorkerUnknown _) {
            registration.lost(worker);
        } catch (Refused e) {
            registration.refused(e);
        } catch (MasterCallException | IOException _) {
            inVain = true;
        } finally {
            over = true;
        }
    }
}
