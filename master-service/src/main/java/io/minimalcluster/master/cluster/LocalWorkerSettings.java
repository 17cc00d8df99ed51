package io.minimalcluster.master.cluster;

import io.minimalcluster.worker.settings.SettingCheck;
import io.minimalcluster.worker.settings.WorkerSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the local worker: {@code minimalcluster.local-worker}.
 *
 * @param enabled whether the local worker joins at startup
 * @param slots number of slots; by default the number of cores
 */
@ConfigurationProperties("minimalcluster.local-worker")
record LocalWorkerSettings(
        @DefaultValue("true") boolean enabled, @Nullable Integer slots) {
    LocalWorkerSettings {
        SettingCheck.range("minimalcluster.local-worker.slots", slots, 1, WorkerSettings.MAX_SLOTS);
    }

    WorkerSettings toWorker(Duration drain) {
        return new WorkerSettings(null, slots, Map.of(), drain);
    }
}
