package io.minimalcluster.worker.poll;

import io.minimalcluster.model.support.Backoff;
import io.minimalcluster.worker.batch.ChangeCounter;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.registration.Registration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one long poll open at all times, which requests as many batches as there is capacity for. */
public final class PollLoop {
    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    private final MasterClient master;
    private final RetryingCaller retryingCaller;
    private final Registration registration;
    private final HeldLeases leases;
    private final PollResponseHandler responseHandler;
    private final ChangeCounter changeCounter;
    private final Executor threads;
    private @Nullable PendingPoll current;
    private long pollCount;

    public PollLoop(
            MasterClient master,
            RetryingCaller retryingCaller,
            Registration registration,
            HeldLeases leases,
            PollResponseHandler responseHandler,
            Executor threads) {
        this.master = master;
        this.retryingCaller = retryingCaller;
        this.registration = registration;
        this.leases = leases;
        this.responseHandler = responseHandler;
        this.changeCounter = leases.changeCounter();
        this.threads = threads;
    }

    /** Polls until the thread is interrupted. */
    public void run() throws InterruptedException {
        Backoff emptyBackoff = retryingCaller.newBackoff();
        while (true) {
            long seen = changeCounter.count();
            PendingPoll last = current;
            if (last != null && last.isFinished() && last.wasEmptyWithoutWait()) {
                Thread.sleep(emptyBackoff.next());
            } else if (last != null && last.isFinished()) {
                emptyBackoff.reset();
            }
            if (last == null || last.isFinished() || !last.isAdequateFor(leases.freeCapacity())) {
                openNext(last);
            }
            changeCounter.awaitAfter(seen);
        }
    }

    private void openNext(@Nullable PendingPoll last) {
        registration.current().ifPresent(registered -> {
            PendingPoll next = new PendingPoll(registered.workerId(), "poll-" + ++pollCount, leases.freeCapacity());
            current = next;
            threads.execute(() -> run(next));
        });
        if (last != null) {
            last.supersede();
        }
    }

    private void run(PendingPoll poll) {
        try {
            poll.run(master, retryingCaller, registration, leases, responseHandler);
        } catch (InterruptedException _) {
            log.debug("event=poll.interrupted");
        } finally {
            changeCounter.raise();
        }
    }
}
