package io.minimalcluster.master.store.sqlite;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded store: {@code minimalcluster.store}.
 *
 * @param checkTimeout time limit of the integrity check at startup; 0s disables it
 * @param acceptLostCommits exact number of acknowledged commits that may be missing at startup
 * @param walBytes size of the WAL from which a checkpoint waits for readers and truncates it
 */
@ConfigurationProperties("minimalcluster.store")
public record SqliteSettings(
        @DefaultValue("5s") Duration checkTimeout,
        @DefaultValue("0") long acceptLostCommits,
        @DefaultValue("64MB") ByteSize walBytes) {
    public SqliteSettings {
        SettingCheck.range("minimalcluster.store.check-timeout", checkTimeout, Duration.ZERO, Duration.ofHours(24));
        SettingCheck.range("minimalcluster.store.accept-lost-commits", acceptLostCommits, 0L, Long.MAX_VALUE);
        SettingCheck.range("minimalcluster.store.wal-bytes", walBytes, ByteSize.ofMebibytes(1), ByteSize.MAX);
    }
}
