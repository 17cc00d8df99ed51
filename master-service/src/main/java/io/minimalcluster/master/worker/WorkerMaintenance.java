package io.minimalcluster.master.worker;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation;
import io.minimalcluster.master.store.Store;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Periodic maintenance of workers. Worker timeouts count only after pending heartbeats are written. */
@Component
class WorkerMaintenance implements MaintenanceTask {
    private static final int DELETE_EVERY = 60;
    private static final Duration RETENTION = Duration.ofHours(1);

    private final Heartbeats heartbeats;
    private final WorkerTimeoutDetector timeoutDetector;
    private final StragglerMitigation stragglers;
    private final Workers workers;
    private final Store store;
    private final PollRegistry pollRegistry;
    private long ticks;

    WorkerMaintenance(
            Heartbeats heartbeats,
            WorkerTimeoutDetector timeoutDetector,
            StragglerMitigation stragglers,
            Workers workers,
            Store store,
            PollRegistry pollRegistry) {
        this.heartbeats = heartbeats;
        this.timeoutDetector = timeoutDetector;
        this.stragglers = stragglers;
        this.workers = workers;
        this.store = store;
        this.pollRegistry = pollRegistry;
    }

    @Override
    public void tick() {
        heartbeats.flush();
        timeoutDetector.tick(interval());
        detectStragglers();
        if (++ticks % DELETE_EVERY == 0) {
            workers.deleteSilent(RETENTION);
        }
    }

    private void detectStragglers() {
        if (!pollRegistry.hasWaitingPolls()) {
            stragglers.clear();
        } else if (store.read(stragglers::detect)) {
            // whether a worker has a free slot, and not only space for a prefetched batch, is known when its poll looks
            pollRegistry.notifyAllWaiting();
        }
    }
}
