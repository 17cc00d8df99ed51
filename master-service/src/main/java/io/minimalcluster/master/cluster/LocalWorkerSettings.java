package io.minimalcluster.master.cluster;

import io.minimalcluster.worker.settings.WorkerSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The worker that is a part of this master: {@code minimalcluster.local-worker}.
 *
 * @param enabled whether there is one
 * @param slots how many tasks it runs at a time; by default as many as there are cores
 */
@ConfigurationProperties("minimalcluster.local-worker")
record LocalWorkerSettings(
        @DefaultValue("true") boolean enabled, @Nullable Integer slots) {
    private static final int MOST_SLOTS = 1024;

    LocalWorkerSettings {
        if (slots != null && (slots < 1 || slots > MOST_SLOTS)) {
            throw new IllegalArgumentException("minimalcluster.local-worker.slots must be 1 to " + MOST_SLOTS);
        }
    }

    WorkerSettings toWorker(Duration drain) {
        return new WorkerSettings(null, slots, Map.of(), drain);
    }
}
