package io.minimalcluster.master.scheduling;

import java.util.Map;

/**
 * What a worker offers.
 *
 * @param network whether it gives its tasks the network
 */
public record WorkerCapabilities(Map<String, String> labels, boolean network) {
    public WorkerCapabilities {
        labels = Map.copyOf(labels);
    }
}
