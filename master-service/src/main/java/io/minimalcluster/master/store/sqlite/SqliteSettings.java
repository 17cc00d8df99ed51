package io.minimalcluster.master.store.sqlite;

import io.minimalcluster.model.support.ByteSize;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the embedded store: {@code minimalcluster.store}.
 *
 * @param checkTime time limit of the integrity check at startup; 0s disables it
 * @param acceptLostCommits exact number of acknowledged commits that may be missing at startup
 * @param walBytes size of the WAL from which a checkpoint waits for readers and truncates it
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
