package io.minimalcluster.worker.settings;

import io.minimalcluster.model.worker.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a worker is.
 *
 * @param slots how many batches it runs at a time, at least 1
 * @param isolation what its executors have
 * @param version of this software
 * @param local whether it is a part of a master
 * @param maxResultBytes the longest value that it takes, whatever a job allows
 * @param network whether it gives the network to jobs that ask for it
 * @param drainLimit how long what runs may go on after the worker was told to end
 * @param folder where it makes a folder of its own, for bundles
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
        Duration drainLimit,
        Path folder) {
    public WorkerOptions {
        if (name.isBlank() || slots < 1 || maxResultBytes < 1 || drainLimit.isNegative()) {
            throw new IllegalArgumentException("a worker needs a name, a slot, room for results and a limit to drain");
        }
        labels = Map.copyOf(labels);
    }
}
