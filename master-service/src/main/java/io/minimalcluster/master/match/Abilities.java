package io.minimalcluster.master.match;

import java.util.Map;

/**
 * What a worker offers.
 *
 * @param network whether it gives its tasks the network
 */
public record Abilities(Map<String, String> labels, boolean network) {
    public Abilities {
        labels = Map.copyOf(labels);
    }
}
