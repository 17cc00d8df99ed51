package io.minimalcluster.master.environment;

import io.minimalcluster.worker.settings.ByteSize;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of what is posted as an environment.
 *
 * @param sourceBytes all sources together
 */
@ConfigurationProperties("minimalcluster.limits")
record EnvironmentLimits(@DefaultValue("4MB") ByteSize sourceBytes) {
    /** How many sources an environment may have. */
    static final int FILES = 1_000;
}
