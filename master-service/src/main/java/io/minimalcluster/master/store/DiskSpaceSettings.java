package io.minimalcluster.master.store;

import io.minimalcluster.worker.settings.ByteSize;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much room the disk of the data folder has to have: {@code minimalcluster.store}.
 *
 * @param minFree below it nothing new is taken, but results are
 * @param reserve what is kept occupied, for the results that come when the disk is full; 0 for nothing
 */
@ConfigurationProperties("minimalcluster.store")
public record DiskSpaceSettings(
        @DefaultValue("256MB") ByteSize minFree,
        @DefaultValue("32MB") ByteSize reserve) {}
