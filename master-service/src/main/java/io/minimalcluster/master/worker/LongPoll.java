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
 * A worker's long poll: answered with the first batches or orders there are. While it waits it holds a virtual thread,
 * and nothing of the store.
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
     * What there is for the worker; empty at the end of the wait, if a newer poll came, or if nobody waits any more.
     *
     * @param isGone whether the worker let go of its connection; asked before it is given what came while it waited
     */
    Optional<PollResponse> await(WorkerId worker, PollRequest request, Duration wait, BooleanSupplier isGone) {
        long deadline = System.nanoTime() + wait.toNanos();
        WaitingPoll waiting = pollRegistry.open(worker);
        if (pollRegistry.isClosed()) {
            throw new Unavailable("The master is going down.", RETRY_AFTER);
        }
        try {
            Optional<PollResponse> looked =
                    look(waiting, request, sql -> Optional.of(pollTransaction.answer(sql, worker, request)));
            while (looked.isPresent()
                    && looked.get().isEmpty()
                    && hasContent(waiting, deadline)
                    && !waiting.isSuperseded()
                    && !isGone.getAsBoolean()) {
                looked = look(waiting, request, sql -> pollTransaction.answerLater(sql, worker, request));
            }
            return looked.filter(response -> !response.isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            pollRegistry.close(waiting);
        }
    }

    /** Who waited gets work only if the key that let him in still does. */
    private boolean hasContent(WaitingPoll waiting, long deadline) throws InterruptedException {
        boolean woken = waiting.await(deadline - System.nanoTime());
        longRunning.check();
        return woken;
    }

    /** What there is now; empty if nobody is to be answered. */
    private Optional<PollResponse> look(
            WaitingPoll waiting, PollRequest request, UnitOfWork<Optional<PollResponse>> finding) {
        if (request.slots() > 0) {
            pollRegistry.startWaiting(waiting); // before looking, so that work which comes in between is not missed
        }
        Optional<PollResponse> looked = store.writeAndWait(sql -> {
            Optional<PollResponse> found = finding.run(sql);
            if (found.isPresent()) {
                pollRegistry.setCapabilities(
                        waiting,
                        pollTransaction.capabilitiesOf(sql, waiting.worker()),
                        found.get().limit());
            }
            return found;
        });
        looked.ifPresent(this::tell);
        return looked;
    }

    private void tell(PollResponse response) {
        response.leases().forEach(lease -> subscriptions.changed(lease.jobSeq()));
        pollRegistry.order(response.relieved().owners());
        response.left().forEach(requirements -> pollRegistry.notifyWork(requirements, 1));
    }
}
