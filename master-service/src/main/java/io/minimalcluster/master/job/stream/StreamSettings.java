package io.minimalcluster.master.job.stream;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of streaming responses, from {@code minimalcluster.streams}.
 *
 * @param maxOpen maximum number of open streams; 1 to 100,000
 * @param maxOpenPerOwner maximum number of open streams of one client; 1 to 100,000
 * @param keepAlive idle time after which a keep-alive is sent; 100 ms to 1 min
 */
@ConfigurationProperties("minimalcluster.streams")
record StreamSettings(
        @DefaultValue("1000") int maxOpen,
        @DefaultValue("100") int maxOpenPerOwner,
        @DefaultValue("15s") Duration keepAlive) {
    private static final int MAX_STREAMS = 100_000;

    StreamSettings {
        SettingCheck.range("minimalcluster.streams.max-open", maxOpen, 1, MAX_STREAMS);
        SettingCheck.range("minimalcluster.streams.max-open-per-owner", maxOpenPerOwner, 1, MAX_STREAMS);
        SettingCheck.range(
                "minimalcluster.streams.keep-alive", keepAlive, Duration.ofMillis(100), Duration.ofMinutes(1));
    }
}
