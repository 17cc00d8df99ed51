package io.minimalcluster.worker.poll;

import io.minimalcluster.worker.batch.ChangeCounter;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.master.Backoff;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.RetryingCaller;
import io.minimalcluster.worker.registration.Registration;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one poll open at all times, which asks for as many batches as there is room for. */
public final class PollLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

    private final MasterClient master;
    private final RetryingCaller retryingCaller;
    private final Registration registration;
    private final HeldLeases leases;
    private final PollResponseHandler responseHandler;
    private final PollTiming timing;
    private @Nullable PendingPoll open;
    private long asked;

    /** What makes the loop turn, and what keeps it from spinning. */
    public record PollTiming(
            ChangeCounter changeCounter, Supplier<Backoff> backoff, Duration longest, Executor threads) {}

    public PollLoop(
            MasterClient master,
            RetryingCaller retryingCaller,
            Registration registration,
            HeldLeases leases,
            PollResponseHandler responseHandler,
            PollTiming timing) {
        this.master = master;
        this.retryingCaller = retryingCaller;
        this.registration = registration;
        this.leases = leases;
        this.responseHandler = responseHandler;
        this.timing = timing;
    }

    /** Polls until it is interrupted. */
    public void run() throws InterruptedException {
        Backoff quiet = timing.backoff().get();
        while (true) {
            long seen = timing.changeCounter().count();
            PendingPoll last = open;
            if (last != null && last.isOver() && last.wasEmptyWithoutWait()) {
                Thread.sleep(quiet.next());
            } else if (last != null && last.isOver()) {
                quiet.reset();
            }
            if (last == null || last.isOver() || !last.suits(leases.room())) {
                open(last);
            }
            timing.changeCounter().awaitAfter(seen);
        }
    }

    private void open(@Nullable PendingPoll last) {
        registration.current().ifPresent(registered -> {
            PendingPoll next =
                    new PendingPoll(registered.workerId(), "poll-" + ++asked, leases.room(), timing.longest());
            open = next;
            timing.threads().execute(() -> ask(next));
        });
        if (last != null) {
            last.replace();
        }
    }

    private void ask(PendingPoll poll) {
        try {
            poll.ask(master, retryingCaller, registration, leases, responseHandler);
        } catch (InterruptedException _) {
            LOG.debug("event=poll-interrupted");
        } finally {
            timing.changeCounter().raise();
        }
    }
}
