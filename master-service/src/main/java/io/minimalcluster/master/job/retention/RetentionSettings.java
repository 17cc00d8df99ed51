package io.minimalcluster.master.job.retention;

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
    private static final long LONGEST_DAYS = 36_525;

    public RetentionSettings {
        if (keep.isNegative() || keep.toDays() > LONGEST_DAYS) {
            throw new IllegalArgumentException("minimalcluster.retention.keep must be 0s to " + LONGEST_DAYS + "d");
        }
    }
}
