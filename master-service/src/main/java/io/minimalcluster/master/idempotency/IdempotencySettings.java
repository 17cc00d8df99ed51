package io.minimalcluster.master.idempotency;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of idempotency keys: {@code minimalcluster.idempotency}.
 *
 * @param keep retention period of a key; a second to a year
 */
@ConfigurationProperties("minimalcluster.idempotency")
record IdempotencySettings(@DefaultValue("24h") Duration keep) {
    IdempotencySettings {
        SettingCheck.range("minimalcluster.idempotency.keep", keep, Duration.ofSeconds(1), Duration.ofDays(366));
    }
}
