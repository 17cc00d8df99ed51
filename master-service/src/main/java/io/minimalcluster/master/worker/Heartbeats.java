package io.minimalcluster.master.worker;

import io.minimalcluster.master.lease.Headways;
import io.minimalcluster.master.problem.MasterException.WorkerUnknown;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Collects heartbeats, which are written together. */
@Component
class Heartbeats {
    private final Set<WorkerId> heard = ConcurrentHashMap.newKeySet();
    private final Store store;
    private final InstantSource clock;
    private final Headways headways;

    Heartbeats(Store store, InstantSource clock, Headways headways) {
        this.store = store;
        this.clock = clock;
        this.headways = headways;
    }

    void add(WorkerId worker, Heartbeat heartbeat) {
        heard.add(worker);
        headways.heard(worker, heartbeat);
    }

    /** Writes those that came since the last time. */
    void flush() {
        List<WorkerId> workers = List.copyOf(heard);
        if (!workers.isEmpty()) {
            workers.forEach(heard::remove);
            try {
                store.writeAndWait(sql -> write(sql, workers));
            } catch (RuntimeException e) {
                heard.addAll(workers); // they were heard of, whatever the store says
                throw e;
            }
        }
    }

    private int write(JdbcClient sql, List<WorkerId> workers) {
        int written = 0;
        for (WorkerId worker : workers) {
            try {
                SignOfLife.of(sql, worker, clock.millis());
                written++;
            } catch (WorkerUnknown e) {
                // it left after its heartbeat: nothing to note
            }
        }
        return written;
    }
}
