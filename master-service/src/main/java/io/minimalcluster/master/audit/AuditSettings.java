package io.minimalcluster.master.audit;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit log: {@code minimalcluster.audit}.
 *
 * @param keep retention of an entry; an hour to ten years
 */
@ConfigurationProperties("minimalcluster.audit")
record AuditSettings(@DefaultValue("90d") Duration keep) {
    AuditSettings {
        SettingCheck.range("minimalcluster.audit.keep", keep, Duration.ofHours(1), Duration.ofDays(3660));
    }
}
