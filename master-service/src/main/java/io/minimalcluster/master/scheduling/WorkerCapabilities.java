package io.minimalcluster.master.scheduling;

import java.util.Map;

/**
 * Capabilities of a worker.
 *
 * @param network whether the worker gives its tasks network access
 */
public record WorkerCapabilities(Map<String, String> labels, boolean network) {
    public WorkerCapabilities {
        labels = Map.copyOf(labels);
    }
}
