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
 * Fences the worker when no call got a response for the duration of a lease, by the worker's own clock. The master may
 * have reassigned the tasks, so running tasks are killed and unstarted tasks are returned. Computed results are kept
 * and posted when the master responds again.
 *
 * <p>Meanwhile only heartbeats that report the fencing are sent. If only responses are lost, other calls would look
 * like liveness to the master, which would not reassign the leases.
 */
public final class LeaseWatchdog {
    private static final Logger log = LoggerFactory.getLogger(LeaseWatchdog.class);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(1);
    private static final int CHECKS_PER_LEASE = 8;

    private final MasterConnectionState connectionState;
    private final Registration registration;
    private final HeldLeases leases;
    private volatile boolean fenced; // written under this

    public LeaseWatchdog(MasterConnectionState connectionState, Registration registration, HeldLeases leases) {
        this.connectionState = connectionState;
        this.registration = registration;
        this.leases = leases;
    }

    /** Checks periodically until the thread is interrupted. */
    public void run() throws InterruptedException {
        for (Optional<AcceptedWorker> worker = registration.current();
                worker.isPresent();
                worker = registration.current()) {
            Duration pause = leaseOf(worker.get()).dividedBy(CHECKS_PER_LEASE);
            Thread.sleep(pause.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : pause);
            check();
        }
    }

    private static Duration leaseOf(AcceptedWorker worker) {
        return HeartbeatSender.seconds(worker.leaseSeconds());
    }

    /** Checks the connection now. */
    void check() {
        registration.current().ifPresent(worker -> check(leaseOf(worker)));
    }

    private synchronized void check(Duration lease) {
        Duration elapsed = connectionState.timeSinceContact();
        boolean expired = elapsed.compareTo(lease) > 0;
        if (expired && !fenced) {
            log.warn("event=worker.fenced leases={} elapsed={}s", leases.all().size(), elapsed.toSeconds());
        }
        fenced = expired;
        if (expired) {
            leases.all().forEach(LeasedBatch::returnUnstarted); // first, or a batch starts in a slot that abort frees
            leases.all().forEach(LeasedBatch::abort);
        } else {
            notifyAll();
        }
    }

    /** Waits while the worker is fenced. */
    public synchronized void awaitConnection() throws InterruptedException {
        while (fenced) {
            wait();
        }
    }

    /** Whether the master responded within the duration of a lease. */
    public boolean isConnected() {
        return !fenced;
    }
}
