package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.WaitingPoll;
import io.minimalcluster.master.security.LongRunningRequests;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Long poll of a worker, answered with the first batches or orders. A waiting poll holds a virtual thread and no
 * connection of the store.
 */
@Component
class LongPoll {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Store store;
    private final PollTransaction pollTransaction;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;
    private final LongRunningRequests longRunning;

    LongPoll(
            Store store,
            PollTransaction pollTransaction,
            PollRegistry pollRegistry,
            JobSubscriptions subscriptions,
            LongRunningRequests longRunning) {
        this.store = store;
        this.pollTransaction = pollTransaction;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
        this.longRunning = longRunning;
    }

    /**
     * Waits for batches or orders. Returns empty after the wait, after a newer poll of the worker, or after a
     * disconnect.
     *
     * @param isGone whether the worker closed the connection; checked before a notification is answered
     * @throws Unavailable if the master shuts down
     */
    Optional<PollResponse> await(WorkerId worker, PollRequest request, Duration wait, BooleanSupplier isGone) {
        long deadline = System.nanoTime() + wait.toNanos();
        WaitingPoll waiting = pollRegistry.open(worker);
        if (pollRegistry.isClosed()) {
            throw new Unavailable("The master is shutting down.", RETRY_AFTER);
        }
        try {
            BooleanSupplier isOtherWaiting = () -> pollRegistry.hasOtherWaitingPolls(waiting);
            Optional<PollResponse> result = search(
                    waiting, request, sql -> Optional.of(pollTransaction.answer(sql, worker, request, isOtherWaiting)));
            while (result.isPresent()
                    && result.get().isEmpty()
                    && awaitNotification(waiting, deadline)
                    && !waiting.isSuperseded()
                    && !isGone.getAsBoolean()) {
                result = search(
                        waiting,
                        request,
                        sql -> waiting.isSuperseded()
                                ? Optional.empty()
                                : pollTransaction.answerAfterWait(sql, worker, request, isOtherWaiting));
            }
            return result.filter(response -> !response.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            pollRegistry.close(waiting);
        }
    }

    /** Waits for a notification. The key of the worker is checked again after the wait. */
    private boolean awaitNotification(WaitingPoll waiting, long deadline) throws InterruptedException {
        boolean woken = waiting.await(deadline - System.nanoTime());
        longRunning.check();
        return woken;
    }

    /** Queries batches and orders once. Empty if the poll has to end without an answer. */
    private Optional<PollResponse> search(
            WaitingPoll waiting, PollRequest request, UnitOfWork<Optional<PollResponse>> query) {
        if (request.slots() > 0) {
            pollRegistry.startWaiting(waiting); // subscribed before the search, so that new work is not missed
        }
        Optional<PollResponse> result = store.writeAndWait(sql -> {
            Optional<PollResponse> found = query.run(sql);
            if (found.isPresent()) {
                pollRegistry.setCapabilities(
                        waiting,
                        pollTransaction.capabilitiesOf(sql, waiting.worker()),
                        found.get().limit());
            }
            return found;
        });
        result.ifPresent(this::notifyOthers);
        return result;
    }

    private void notifyOthers(PollResponse response) {
        response.leases().forEach(lease -> subscriptions.changed(lease.jobSeq()));
        pollRegistry.notifyOrders(response.mitigation().owners());
        response.left().forEach(requirements -> pollRegistry.notifyWork(requirements, 1));
    }
}
