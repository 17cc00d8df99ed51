package io.minimalcluster.master.job.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of streaming responses, from {@code minimalcluster.streams}.
 *
 * @param most maximum number of open streams; 1 to 100,000
 * @param mostPerOwner maximum number of open streams of one client; 1 to 100,000
 * @param keepAlive idle time after which a keep-alive is sent; 100 ms to 1 min
 */
@ConfigurationProperties("minimalcluster.streams")
record StreamSettings(
        @DefaultValue("1000") int most,
        @DefaultValue("100") int mostPerOwner,
        @DefaultValue("15s") Duration keepAlive) {
    StreamSettings {
        if (most < 1 || most > 100_000) {
            throw new IllegalArgumentException("minimalcluster.streams.most must be 1 to 100000");
        }
        if (mostPerOwner < 1 || mostPerOwner > 100_000) {
            throw new IllegalArgumentException("minimalcluster.streams.most-per-owner must be 1 to 100000");
        }
        if (keepAlive.toMillis() < 100 || keepAlive.toMinutes() > 1) {
            throw new IllegalArgumentException("minimalcluster.streams.keep-alive must be 100ms to 1m");
        }
    }
}
