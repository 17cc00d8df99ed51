package io.minimalcluster.master.http.budget;

import io.minimalcluster.worker.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the requests of one owner, from {@code minimalcluster.limits}. Calls of workers are exempt.
 *
 * @param requestsPerOwner maximum number of open requests; 10 to 1,000,000
 * @param requestRatePerOwner maximum number of requests a second; 10 to 1,000,000
 */
@ConfigurationProperties("minimalcluster.limits")
record OwnerLimits(
        @DefaultValue("2000") int requestsPerOwner,
        @DefaultValue("10000") int requestRatePerOwner) {
    private static final int MIN = 10;
    private static final int MAX = 1_000_000;

    OwnerLimits {
        SettingCheck.range("minimalcluster.limits.requests-per-owner", requestsPerOwner, MIN, MAX);
        SettingCheck.range("minimalcluster.limits.request-rate-per-owner", requestRatePerOwner, MIN, MAX);
    }
}
