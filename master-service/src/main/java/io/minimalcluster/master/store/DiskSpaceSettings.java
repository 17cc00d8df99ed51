package io.minimalcluster.master.store;

import io.minimalcluster.model.support.ByteSize;
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
        @DefaultValue("32MB") ByteSize reserve) {}
