package io.minimalcluster.master.backup;

import io.minimalcluster.worker.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of backups: {@code minimalcluster.backup}.
 *
 * @param keep number of retained backups; a new backup deletes older ones
 */
@ConfigurationProperties("minimalcluster.backup")
record BackupSettings(@DefaultValue("3") int keep) {
    BackupSettings {
        SettingCheck.range("minimalcluster.backup.keep", keep, 1, 1000);
    }
}
