package io.minimalcluster.master.http;

import io.minimalcluster.worker.settings.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom it answers, and how much it reads.
 *
 * @param allowedHosts the names in {@code Host} that are answered to, without ports; empty: any loopback name when it
 *     listens on the loopback interface, else any
 * @param allowPlaintext whether it may listen beyond the loopback without TLS, because the network is trusted
 * @param limits bounds of requests
 */
@ConfigurationProperties("minimalcluster")
public record HttpSettings(
        @Nullable List<String> allowedHosts,
        @DefaultValue("false") boolean allowPlaintext,
        @DefaultValue Limits limits) {

    /**
     * Limits of request bodies.
     *
     * @param requestBytes the largest body of a call that has no bound of its own; 1 KB to 2 GB
     * @param bodyPause how long nothing of a body may come; longer than the pause in a header
     *     ({@code server.tomcat.connection-timeout}), as its sender may have to compute it
     */
    public record Limits(
            @DefaultValue("64MB") ByteSize requestBytes,
            @DefaultValue("30s") Duration bodyPause) {
        public Limits {
            if (requestBytes.bytes() < 1024 || requestBytes.bytes() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("minimalcluster.limits.request-bytes must be 1KB to 2GB");
            }
            if (!bodyPause.isPositive() || bodyPause.toHours() > 0) {
                throw new IllegalArgumentException("minimalcluster.limits.body-pause must be under an hour");
            }
        }
    }

    /** In lower case. */
    List<String> hosts() {
        return allowedHosts == null
                ? List.of()
                : allowedHosts.stream()
                        .filter(name -> !name.isBlank())
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
