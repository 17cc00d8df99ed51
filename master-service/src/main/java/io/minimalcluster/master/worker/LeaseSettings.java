package io.minimalcluster.master.worker;

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
        if (duration.toMillis() < 1000 || duration.toHours() > 1) {
            throw new IllegalArgumentException("minimalcluster.lease.duration must be 1s to 1h");
        }
        if (heartbeat.toMillis() < 100 || heartbeat.multipliedBy(3).compareTo(duration) > 0) {
            throw new IllegalArgumentException(
                    "minimalcluster.lease.heartbeat must be 100ms to a third of minimalcluster.lease.duration");
        }
    }

    double durationSeconds() {
        return duration.toMillis() / MILLIS;
    }

    double heartbeatSeconds() {
        return heartbeat.toMillis() / MILLIS;
    }
}
