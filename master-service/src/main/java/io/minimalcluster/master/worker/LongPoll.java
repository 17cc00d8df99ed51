package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.LastPolls.Search;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.WaitingPoll;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.master.security.LongRunningRequests;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.PollRequest;
import java.time.Duration;
import java.time.InstantSource;
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
    private final LastPolls lastPolls;
    private final InstantSource clock;
    private final JobSubscriptions subscriptions;
    private final LongRunningRequests longRunning;

    LongPoll(
            Store store,
            PollTransaction pollTransaction,
            PollRegistry pollRegistry,
            LastPolls lastPolls,
            InstantSource clock,
            JobSubscriptions subscriptions,
            LongRunningRequests longRunning) {
        this.store = store;
        this.pollTransaction = pollTransaction;
        this.pollRegistry = pollRegistry;
        this.lastPolls = lastPolls;
        this.clock = clock;
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
            Optional<PollResponse> result = lastSearch(waiting, request)
                    .or(() -> search(
                            waiting,
                            request,
                            sql -> Optional.of(pollTransaction.answer(sql, worker, request, isOtherWaiting))));
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

    /** A response without content, if the last search for the worker is still valid. */
    private Optional<PollResponse> lastSearch(WaitingPoll waiting, PollRequest request) {
        subscribe(waiting, request);
        Optional<Search> last = lastPolls.stillValid(waiting.worker(), request, pollRegistry.notifications());
        last.ifPresent(search -> {
            lastPolls.arrived(waiting.worker(), request.requestId());
            pollRegistry.setCapabilities(waiting, search.capabilities(), search.limit());
        });
        return last.map(PollResponse::nothing);
    }

    /** Subscribes to news, before the store is searched, so that none is missed. */
    private void subscribe(WaitingPoll waiting, PollRequest request) {
        if (request.slots() > 0) {
            pollRegistry.startWaiting(waiting);
        }
    }

    /** Queries batches and orders once. Empty if the poll has to end without an answer. */
    private Optional<PollResponse> search(
            WaitingPoll waiting, PollRequest request, UnitOfWork<Optional<PollResponse>> query) {
        subscribe(waiting, request);
        long notifications = pollRegistry.notifications();
        long time = clock.millis();
        lastPolls.leasesChanged(waiting.worker()); // until the outcome of this search is durable
        Optional<Searched> result = store.writeAndWait(
                sql -> query.run(sql).map(response -> {
                    WorkerCapabilities capabilities = pollTransaction.capabilitiesOf(sql, waiting.worker());
                    pollRegistry.setCapabilities(waiting, capabilities, response.limit());
                    return new Searched(response, response.asSearch(capabilities, notifications, time));
                }),
                committed -> committed
                        .filter(searched -> !searched.response().shutdown())
                        .ifPresent(searched -> lastPolls.searched(waiting.worker(), searched.search())));
        Optional<PollResponse> response = result.map(Searched::response);
        response.ifPresent(this::notifyOthers);
        return response;
    }

    private record Searched(PollResponse response, Search search) {}

    private void notifyOthers(PollResponse response) {
        response.leases().forEach(lease -> subscriptions.changed(lease.jobSeq()));
        pollRegistry.notifyOrders(response.mitigation().owners());
        response.left().forEach(requirements -> pollRegistry.notifyWork(requirements, 1));
    }
}
