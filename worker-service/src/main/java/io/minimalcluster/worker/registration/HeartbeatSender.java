package io.minimalcluster.worker.registration;

import io.minimalcluster.model.worker.AcceptedWorker;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.worker.batch.HeldLeases;
import io.minimalcluster.worker.master.MasterCallException;
import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.LeaseLost;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.MasterCallException.WorkerUnknown;
import io.minimalcluster.worker.master.MasterClient;
import io.minimalcluster.worker.master.MasterConnectionState;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Sends heartbeats at the interval that the master specified. */
public final class HeartbeatSender {
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(2);
    private static final double JITTER = 0.1;

    private final MasterClient master;
    private final MasterConnectionState connectionState;
    private final Registration registration;
    private final HeldLeases leases;
    private final LeaseWatchdog leaseWatchdog;
    private final RandomGenerator random;
    private final MachineLoadReader machineLoad = new MachineLoadReader();

    public HeartbeatSender(
            MasterClient master,
            MasterConnectionState connectionState,
            Registration registration,
            HeldLeases leases,
            LeaseWatchdog leaseWatchdog,
            RandomGenerator random) {
        this.master = master;
        this.connectionState = connectionState;
        this.registration = registration;
        this.leases = leases;
        this.leaseWatchdog = leaseWatchdog;
        this.random = random;
    }

    /** Sends heartbeats until the thread is interrupted. */
    public void run() throws InterruptedException {
        for (Optional<AcceptedWorker> worker = registration.current();
                worker.isPresent();
                worker = registration.current()) {
            Duration interval = seconds(worker.get().heartbeatSeconds());
            Thread.sleep(
                    interval.minus(Duration.ofNanos(Math.round(interval.toNanos() * JITTER * random.nextDouble()))));
            sendHeartbeat(worker.get(), interval);
        }
    }

    private void sendHeartbeat(AcceptedWorker worker, Duration interval) throws InterruptedException {
        long begun = connectionState.now();
        try {
            Duration timeout = interval.compareTo(MIN_TIMEOUT) > 0 ? interval : MIN_TIMEOUT;
            Heartbeat heartbeat = leases.heartbeat(worker.workerId())
                    .withLoad(machineLoad.read().orElse(null));
            master.heartbeat(
                    worker.workerId(), leaseWatchdog.isConnected() ? heartbeat : heartbeat.whenCutOff(), timeout);
            connectionState.recordContact(begun);
            leaseWatchdog.check();
        } catch (MasterCallException e) {
            switch (e) {
                case WorkerUnknown _ -> registration.reregister(worker.workerId());
                case Refused refused -> registration.refusedUnlessKeyMayChange(refused);
                case Busy _, Unreachable _, LeaseLost _, RequestRejected _ -> connectionState.recordFailure(e);
            }
        }
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }
}
