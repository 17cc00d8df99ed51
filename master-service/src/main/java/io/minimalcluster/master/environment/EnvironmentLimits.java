package io.minimalcluster.master.environment;

import io.minimalcluster.worker.settings.ByteSize;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of what is posted as an environment.
 *
 * @param sourceBytes all sources together
 * @param environmentsPerOwner how many one client may have
 * @param environmentBytesPerOwner how long their bundles may be together
 */
@Validated
@ConfigurationProperties("minimalcluster.limits")
record EnvironmentLimits(
        @DefaultValue("4MB") ByteSize sourceBytes,
        @DefaultValue("10000") @Min(1) int environmentsPerOwner,
        @DefaultValue("4GB") ByteSize environmentBytesPerOwner) {
    /** How many sources and resources an environment may have. */
    static final int FILES = 1_000;

    /** How many libraries: each is an open file in every executor. */
    static final int LIBRARIES = 100;

    /** How many parts a form may have: one is for the name. */
    static final int PARTS = FILES + LIBRARIES + 1;

    /** How long its name may be as a part of a form. */
    static final int NAME_BYTES = 1_000;
}
