package io.minimalcluster.worker.work;

import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterException;
import io.minimalcluster.worker.master.MasterException.Busy;
import io.minimalcluster.worker.master.MasterException.LeaseLost;
import io.minimalcluster.worker.master.MasterException.NotTaken;
import io.minimalcluster.worker.master.MasterException.Refused;
import io.minimalcluster.worker.master.MasterException.Unreachable;
import io.minimalcluster.worker.master.MasterException.WorkerUnknown;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gives a sign of life at the interval that the master named. */
final class Heart {
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);
    private static final double JITTER = 0.1;

    private final MasterClient master;
    private final Contact contact;
    private final Membership membership;
    private final HeldLeases leases;
    private final CutOff cutOff;
    private final RandomGenerator random;

    Heart(
            MasterClient master,
            Contact contact,
            Membership membership,
            HeldLeases leases,
            CutOff cutOff,
            RandomGenerator random) {
        this.master = master;
        this.contact = contact;
        this.membership = membership;
        this.leases = leases;
        this.cutOff = cutOff;
        this.random = random;
    }

    /** Beats until it is interrupted. */
    void run() throws InterruptedException {
        for (Optional<AcceptedWorker> worker = membership.current();
                worker.isPresent();
                worker = membership.current()) {
            Duration interval = seconds(worker.get().heartbeatSeconds());
            Thread.sleep(
                    interval.minus(Duration.ofNanos(Math.round(interval.toNanos() * JITTER * random.nextDouble()))));
            beat(worker.get(), interval);
        }
    }

    private void beat(AcceptedWorker worker, Duration interval) throws InterruptedException {
        long begun = contact.now();
        try {
            Duration limit = interval.compareTo(LEAST_PATIENCE) > 0 ? interval : LEAST_PATIENCE;
            Heartbeat heartbeat = leases.heartbeat(worker.workerId());
            master.heartbeat(worker.workerId(), cutOff.isInTouch() ? heartbeat : heartbeat.whenCutOff(), limit);
            contact.heard(begun);
            cutOff.look();
        } catch (MasterException e) {
            switch (e) {
                case WorkerUnknown _ -> membership.lost(worker.workerId());
                case Refused refused -> membership.refusedUnlessKeyMayChange(refused);
                case Busy _, Unreachable _, LeaseLost _, NotTaken _ -> contact.troubled(e);
            }
        }
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }
}
