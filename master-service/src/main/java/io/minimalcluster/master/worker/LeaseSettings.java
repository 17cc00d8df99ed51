package io.minimalcluster.master.worker;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of leases, from {@code minimalcluster.lease}.
 *
 * @param duration heartbeat timeout, after which the leases of a worker lapse; 1 s to 1 h
 * @param heartbeat heartbeat interval of workers; at most a third of the duration
 */
@ConfigurationProperties("minimalcluster.lease")
record LeaseSettings(
        @DefaultValue("15s") Duration duration,
        @DefaultValue("5s") Duration heartbeat) {
    private static final double MILLIS = 1000;

    LeaseSettings {
        SettingCheck.range("minimalcluster.lease.duration", duration, Duration.ofSeconds(1), Duration.ofHours(1));
        SettingCheck.range(
                "minimalcluster.lease.heartbeat",
                heartbeat,
                Duration.ofMillis(100),
                duration.dividedBy(3),
                "a third of minimalcluster.lease.duration");
    }

    double durationSeconds() {
        return duration.toMillis() / MILLIS;
    }

    double heartbeatSeconds() {
        return heartbeat.toMillis() / MILLIS;
    }
}
