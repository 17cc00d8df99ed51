package io.minimalcluster.master.idempotency;

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
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    IdempotencySettings {
        if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("minimalcluster.idempotency.keep must be 1s to 366d");
        }
    }
}
