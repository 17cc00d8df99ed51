package io.minimalcluster.master.store.postgres;

import io.minimalcluster.worker.settings.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a PostgreSQL store: {@code minimalcluster.postgres}.
 *
 * @param readers number of connections for reads, in addition to one for writes; 1 to 100
 * @param startupTimeout startup timeout for a server that does not respond or is locked by another master; 0 to an hour
 */
@ConfigurationProperties("minimalcluster.postgres")
public record PostgresSettings(
        @DefaultValue("8") int readers, @DefaultValue("30s") Duration startupTimeout) {
    public PostgresSettings {
        SettingCheck.range("minimalcluster.postgres.readers", readers, 1, 100);
        SettingCheck.range(
                "minimalcluster.postgres.startup-timeout", startupTimeout, Duration.ZERO, Duration.ofHours(1));
    }
}
