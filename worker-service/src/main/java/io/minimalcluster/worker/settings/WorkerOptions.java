package io.minimalcluster.worker.settings;

import io.minimalcluster.model.worker.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The properties of a worker.
 *
 * @param slots the number of batches it runs at a time, at least 1
 * @param isolation the isolation level of its executors
 * @param version of this software
 * @param local whether it runs in the process of a master
 * @param maxResultBytes the longest result it accepts, whatever a job allows
 * @param network whether jobs that require network access get it
 * @param heapBytes the heap of each executor
 * @param drainLimit how long running tasks may continue during a graceful shutdown
 * @param folder the parent of its bundle folder
 */
public record WorkerOptions(
        String name,
        int slots,
        Map<String, String> labels,
        Isolation isolation,
        String version,
        boolean local,
        int maxResultBytes,
        boolean network,
        long heapBytes,
        Duration drainLimit,
        Path folder) {
    public WorkerOptions {
        if (name.isBlank() || slots < 1 || maxResultBytes < 1 || drainLimit.isNegative()) {
            throw new IllegalArgumentException("a worker needs a name, a slot, a result size and a drain limit");
        }
        labels = Map.copyOf(labels);
    }
}
