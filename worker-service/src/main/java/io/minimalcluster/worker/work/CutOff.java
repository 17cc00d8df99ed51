package io.minimalcluster.worker.work;

import io.minimalcluster.model.worker.AcceptedWorker;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that no call was answered for the time of a lease, by this worker's own clock: others may run its tasks from
 * now on. So it kills what runs and starts nothing more of what it holds. What was computed is kept, and posted when
 * the master answers again; the rest goes back with it.
 */
final class CutOff {
    private static final Logger LOG = LoggerFactory.getLogger(CutOff.class);
    private static final Duration MOST_SELDOM = Duration.ofSeconds(1);
    private static final int LOOKS = 8;

    private final Contact contact;
    private final Membership membership;
    private final HeldLeases leases;
    private volatile boolean cutOff;

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
            Duration lease = Heart.seconds(worker.get().leaseSeconds());
            Duration pause = lease.dividedBy(LOOKS);
            Thread.sleep(pause.compareTo(MOST_SELDOM) > 0 ? MOST_SELDOM : pause);
            look(lease);
        }
    }

    private void look(Duration lease) {
        Duration silence = contact.silence();
        boolean silent = silence.compareTo(lease) > 0;
        if (silent && !cutOff) {
            LOG.warn("event=cut-off leases={} silence={}s", leases.all().size(), silence.toSeconds());
        }
        cutOff = silent;
        if (silent) {
            leases.all().forEach(LeasedBatch::abort);
        }
    }

    /** Whether the master was heard of within the time of a lease. */
    boolean isInTouch() {
        return !cutOff;
    }
}
