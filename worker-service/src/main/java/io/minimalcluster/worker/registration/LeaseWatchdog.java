package io.minimalcluster.worker.registration;

import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.batch.LeasedBatch;
import io.minimalcluster.worker.master.MasterConnectionState;
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
public final class LeaseWatchdog {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatchdog.class);
    private static final Duration MOST_SELDOM = Duration.ofSeconds(1);
    private static final int LOOKS = 8;

    private final MasterConnectionState connectionState;
    private final Registration registration;
    private final HeldLeases leases;
    private volatile boolean cutOff; // changed under this

    public LeaseWatchdog(MasterConnectionState connectionState, Registration registration, HeldLeases leases) {
        this.connectionState = connectionState;
        this.registration = registration;
        this.leases = leases;
    }

    /** Watches until it is interrupted. */
    public void run() throws InterruptedException {
        for (Optional<AcceptedWorker> worker = registration.current();
                worker.isPresent();
                worker = registration.current()) {
            Duration pause = leaseOf(worker.get()).dividedBy(LOOKS);
            Thread.sleep(pause.compareTo(MOST_SELDOM) > 0 ? MOST_SELDOM : pause);
            look();
        }
    }

    private static Duration leaseOf(AcceptedWorker worker) {
        return HeartbeatSender.seconds(worker.leaseSeconds());
    }

    /** Looks whether it is so now. */
    void look() {
        registration.current().ifPresent(worker -> look(leaseOf(worker)));
    }

    private synchronized void look(Duration lease) {
        Duration silence = connectionState.silence();
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
    public synchronized void awaitConnection() throws InterruptedException {
        while (cutOff) {
            wait();
        }
    }

    /** Whether the master was heard of within the time of a lease. */
    public boolean isConnected() {
        return !cutOff;
    }
}
