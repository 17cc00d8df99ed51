package io.minimalcluster.master.worker;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.support.LruCache;
import io.minimalcluster.model.worker.MachineLoad;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The latest load of the machine of each worker whose heartbeats this master gets. It is kept in memory only. */
@Component
class WorkerLoads {
    private static final int WORKERS = 10_000;

    private final Map<WorkerId, MachineLoad> loads = LruCache.of(WORKERS);

    /** Records the load in a heartbeat. Numbers that no machine has are ignored. */
    void record(WorkerId worker, @Nullable MachineLoad load) {
        if (load != null
                && load.cpu() >= 0
                && load.cpu() <= 1
                && load.memoryUsedBytes() >= 0
                && load.memoryUsedBytes() <= load.memoryBytes()) {
            loads.put(worker, load);
        }
    }

    @Nullable
    MachineLoad of(WorkerId worker) {
        return loads.get(worker);
    }
}
