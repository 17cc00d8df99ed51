package io.minimalcluster.master.store;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.worker.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of the disk space of the data folder: {@code minimalcluster.store}.
 *
 * @param minFree free space below which new uploads are rejected; results are still accepted
 * @param reserve space that is reserved for results when the disk is full; 0 for none
 */
@ConfigurationProperties("minimalcluster.store")
public record DiskSpaceSettings(
        @DefaultValue("256MB") ByteSize minFree,
        @DefaultValue("32MB") ByteSize reserve) {
    public DiskSpaceSettings {
        ByteSize none = new ByteSize(0);
        SettingCheck.range("minimalcluster.store.min-free", minFree, none, ByteSize.MAX);
        SettingCheck.range("minimalcluster.store.reserve", reserve, none, ByteSize.MAX);
    }
}
