package io.minimalcluster.master.cluster;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the graceful shutdown: {@code minimalcluster.shutdown}.
 *
 * @param drain time limit for accepting results after the start of the shutdown; 0 s to 10 min
 */
@ConfigurationProperties("minimalcluster.shutdown")
record ShutdownSettings(@DefaultValue("5s") Duration drain) {
    ShutdownSettings {
        SettingCheck.range("minimalcluster.shutdown.drain", drain, Duration.ZERO, Duration.ofMinutes(10));
    }
}
