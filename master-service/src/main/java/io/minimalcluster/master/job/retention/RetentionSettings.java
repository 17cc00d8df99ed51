package io.minimalcluster.master.job.retention;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Retention of ended jobs, from {@code minimalcluster.retention}.
 *
 * @param keep retention time after the end of a job, unless the job sets its own; up to 100 years
 */
@ConfigurationProperties("minimalcluster.retention")
public record RetentionSettings(@DefaultValue("30d") Duration keep) {
    private static final Duration MAX = Duration.ofDays(36_525);

    public RetentionSettings {
        SettingCheck.range("minimalcluster.retention.keep", keep, Duration.ZERO, MAX);
    }
}
