package io.minimalcluster.master.store.sqlite;

import io.minimalcluster.worker.settings.ByteSize;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the embedded store is looked after: {@code minimalcluster.store}.
 *
 * @param checkTime how long the start may take to check the file; 0s for not at all
 * @param acceptLostCommits how many acknowledged commits may be missing at the start: exactly so many
 * @param walBytes from this length on the log is emptied, whoever reads
 */
@Validated
@ConfigurationProperties("minimalcluster.store")
public record SqliteSettings(
        @DefaultValue("5s") Duration checkTime,
        @DefaultValue("0") @Min(0) long acceptLostCommits,
        @DefaultValue("64MB") ByteSize walBytes) {
    private static final long SMALLEST_LOG = 1024 * 1024;

    public SqliteSettings {
        if (checkTime.isNegative()) {
            throw new IllegalArgumentException("minimalcluster.store.check-time must be 0s or more");
        }
        if (walBytes.bytes() < SMALLEST_LOG) {
            throw new IllegalArgumentException("minimalcluster.store.wal-bytes must be 1m or more");
        }
    }
}
