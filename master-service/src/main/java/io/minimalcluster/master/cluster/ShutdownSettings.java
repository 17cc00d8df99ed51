package io.minimalcluster.master.cluster;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this master ends: {@code minimalcluster.shutdown}.
 *
 * @param drain how long results are still taken after it was told to end; 0 s to 10 min
 */
@ConfigurationProperties("minimalcluster.shutdown")
record ShutdownSettings(@DefaultValue("5s") Duration drain) {
    ShutdownSettings {
        if (drain.isNegative() || drain.toMinutes() > 10) {
            throw new IllegalArgumentException("minimalcluster.shutdown.drain must be 0s to 10m");
        }
    }
}
