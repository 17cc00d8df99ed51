package io.minimalcluster.master.http;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the HTTP server.
 *
 * @param allowedHosts allowed names in {@code Host}, without ports; empty: loopback names, and if the master listens on
 *     other interfaces also names that are not registrable in public DNS, or any with TLS
 * @param trustedProxies addresses or networks of proxies whose {@code X-Forwarded-} headers count; none by default
 * @param allowPlaintext whether the master may listen on other interfaces than loopback without TLS, for a trusted
 *     network
 * @param limits limits of request bodies
 */
@ConfigurationProperties("minimalcluster")
public record HttpSettings(
        @Nullable List<String> allowedHosts,
        @Nullable List<String> trustedProxies,
        @DefaultValue("false") boolean allowPlaintext,
        @DefaultValue Limits limits) {

    /**
     * Limits of request bodies.
     *
     * @param requestBytes size limit of a body without a {@link RequestSizeLimit}; 1 KB to 2 GB
     * @param bodyIdleTimeout read timeout of a body; longer than that of headers
     *     ({@code server.tomcat.connection-timeout}), because a client may compute the body while sending
     * @param bodyRate average bytes a second of a body that holds memory, after ten seconds of waiting for its sender;
     *     a hundredth of it for other bodies; 1 B to 1 GB
     * @param headTimeout maximum time from the first byte of a request to the end of its headers
     * @param connectionsPerAddress maximum number of open connections of one remote address other than a trusted proxy
     */
    public record Limits(
            @DefaultValue("64MB") ByteSize requestBytes,
            @DefaultValue("30s") Duration bodyIdleTimeout,
            @DefaultValue("16KB") ByteSize bodyRate,
            @DefaultValue("10s") Duration headTimeout,
            @DefaultValue("6000") int connectionsPerAddress) {
        public Limits {
            SettingCheck.range(
                    "minimalcluster.limits.request-bytes",
                    requestBytes,
                    new ByteSize(1024),
                    new ByteSize(Integer.MAX_VALUE));
            SettingCheck.range(
                    "minimalcluster.limits.body-idle-timeout",
                    bodyIdleTimeout,
                    Duration.ofMillis(100),
                    Duration.ofHours(1));
            SettingCheck.range("minimalcluster.limits.body-rate", bodyRate, new ByteSize(1), new ByteSize(1L << 30));
            SettingCheck.range(
                    "minimalcluster.limits.head-timeout", headTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
            SettingCheck.range(
                    "minimalcluster.limits.connections-per-address", connectionsPerAddress, 1, Integer.MAX_VALUE);
        }

        BodyRate requiredRate() {
            return new BodyRate(bodyRate.bytes(), System::nanoTime);
        }
    }

    /** Addresses or networks of trusted proxies. */
    public List<String> proxies() {
        return trustedProxies == null
                ? List.of()
                : trustedProxies.stream()
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .toList();
    }

    /** Allowed host names in lower case. */
    List<String> hosts() {
        return allowedHosts == null
                ? List.of()
                : allowedHosts.stream()
                        .filter(name -> !name.isBlank())
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
