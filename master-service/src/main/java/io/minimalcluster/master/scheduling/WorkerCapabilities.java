package io.minimalcluster.master.scheduling;

import java.util.Map;

/**
 * Capabilities of a worker.
 *
 * @param network whether the worker gives its tasks network access
 * @param memoryBytes heap of each of its executors; 0 if unknown
 */
public record WorkerCapabilities(Map<String, String> labels, boolean network, long memoryBytes) {
    public WorkerCapabilities {
        labels = Map.copyOf(labels);
    }
}
