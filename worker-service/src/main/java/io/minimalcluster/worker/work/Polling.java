package io.minimalcluster.worker.work;

import io.minimalcluster.worker.master.MasterClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one poll open at all times, which asks for as many batches as there is room for. */
final class Polling {
    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

    private final MasterClient master;
    private final Perseverance perseverance;
    private final Membership membership;
    private final HeldLeases leases;
    private final Intake intake;
    private final PollTiming timing;
    private @Nullable OpenPoll open;
    private long asked;

    /** What makes the loop turn, and what keeps it from spinning. */
    record PollTiming(Changes changes, Supplier<Pauses> pauses, Duration longest, Executor threads) {}

    Polling(
            MasterClient master,
            Perseverance perseverance,
            Membership membership,
            HeldLeases leases,
            Intake intake,
            PollTiming timing) {
        this.master = master;
        this.perseverance = perseverance;
        this.membership = membership;
        this.leases = leases;
        this.intake = intake;
        this.timing = timing;
    }

    /** Polls until it is interrupted. */
    void run() throws InterruptedException {
        Pauses quiet = timing.pauses().get();
        while (true) {
            long seen = timing.changes().count();
            OpenPoll last = open;
            if (last != null && last.isOver() && last.wasInVain()) {
                Thread.sleep(quiet.next());
            } else if (last != null && last.isOver()) {
                quiet.reset();
            }
            if (last == null || last.isOver() || !last.suits(leases.room())) {
                open(last);
            }
            timing.changes().awaitAfter(seen);
        }
    }

    private void open(@Nullable OpenPoll last) {
        membership.current().ifPresent(registered -> {
            OpenPoll next = new OpenPoll(registered.workerId(), "poll-" + ++asked, leases.room(), timing.longest());
            open = next;
            timing.threads().execute(() -> ask(next));
        });
        if (last != null) {
            last.replace();
        }
    }

    private void ask(OpenPoll poll) {
        try {
            poll.ask(master, perseverance, membership, leases, intake);
        } catch (InterruptedException _) {
            LOG.debug("event=poll-interrupted");
        } finally {
            timing.changes().raise();
        }
    }
}
