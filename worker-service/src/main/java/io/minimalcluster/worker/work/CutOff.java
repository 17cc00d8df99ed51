package io.minimalcluster.worker.work;

import io.minimalcluster.model.worker.AcceptedWorker;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that no call was answered for the time of a lease, by this worker's own clock: others may run its tasks from
 * now on. So it kills what runs and starts nothing more of what it holds. What was computed is kept, and posted when
 * the master answers again; the rest goes back with it. Until then nothing is called but what asks whether there is an
 * answer: a master whose answers alone are lost would take other calls for signs of life, and wait for this worker.
 */
final class CutOff {
    private static final Logger LOG = LoggerFactory.getLogger(CutOff.class);
    private static final Duration MOST_SELDOM = Duration.ofSeconds(1);
    private static final int LOOKS = 8;

    private final Contact contact;
    private final Membership membership;
    private final HeldLeases leases;
    private volatile boolean cutOff; // changed under this

    CutOff(Contact contact, Membership membership, HeldLeases leases) {
        this.contact = contact;
        this.membership = membership;
        this.leases = leases;
    }

    /** Watches until it is interrupted. */
    void run() throws InterruptedException {
        for (Optional<AcceptedWorker> worker = membership.current();
                worker.isPresent();
                worker = membership.current()) {
            Duration pause = leaseOf(worker.get()).dividedBy(LOOKS);
            Thread.sleep(pause.compareTo(MOST_SELDOM) > 0 ? MOST_SELDOM : pause);
            look();
        }
    }

    private static Duration leaseOf(AcceptedWorker worker) {
        return Heart.seconds(worker.leaseSeconds());
    }

    /** Looks whether it is so now. */
    void look() {
        membership.current().ifPresent(worker -> look(leaseOf(worker)));
    }

    private synchronized void look(Duration lease) {
        Duration silence = contact.silence();
        boolean silent = silence.compareTo(lease) > 0;
        if (silent && !cutOff) {
            LOG.warn("event=cut-off leases={} silence={}s", leases.all().size(), silence.toSeconds());
        }
        cutOff = silent;
        if (silent) {
            leases.all().forEach(LeasedBatch::giveBack); // first, or one would begin where another is killed
            leases.all().forEach(LeasedBatch::abort);
        } else {
            notifyAll();
        }
    }

    /** Waits until the master is heard of. */
    synchronized void awaitTouch() throws InterruptedException {
        while (cutOff) {
            wait();
        }
    }

    /** Whether the master was heard of within the time of a lease. */
    boolean isInTouch() {
        return !cutOff;
    }
}
