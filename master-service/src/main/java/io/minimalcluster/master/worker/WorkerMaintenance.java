package io.minimalcluster.master.worker;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.scheduling.straggler.StragglerCheck;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Periodic maintenance of workers. Worker timeouts count only after pending heartbeats are written. */
@Component
class WorkerMaintenance implements MaintenanceTask {
    private static final int DELETE_EVERY = 60;
    private static final Duration RETENTION = Duration.ofHours(1);

    private final Heartbeats heartbeats;
    private final WorkerTimeoutDetector timeoutDetector;
    private final StragglerCheck stragglers;
    private final Workers workers;
    private long ticks;

    WorkerMaintenance(
            Heartbeats heartbeats, WorkerTimeoutDetector timeoutDetector, StragglerCheck stragglers, Workers workers) {
        this.heartbeats = heartbeats;
        this.timeoutDetector = timeoutDetector;
        this.stragglers = stragglers;
        this.workers = workers;
    }

    @Override
    public void tick() {
        heartbeats.flush();
        timeoutDetector.tick(interval());
        stragglers.tick();
        if (++ticks % DELETE_EVERY == 0) {
            workers.deleteSilent(RETENTION);
        }
    }
}
