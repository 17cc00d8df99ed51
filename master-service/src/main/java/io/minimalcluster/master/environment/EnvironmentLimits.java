package io.minimalcluster.master.environment;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.worker.settings.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits and quotas of environments: {@code minimalcluster.limits}.
 *
 * @param sourceBytes size limit of all sources together
 * @param environmentsPerOwner quota of environments per owner
 * @param environmentBytesPerOwner quota of the total size of bundles per owner
 */
@ConfigurationProperties("minimalcluster.limits")
record EnvironmentLimits(
        @DefaultValue("4MB") ByteSize sourceBytes,
        @DefaultValue("10000") int environmentsPerOwner,
        @DefaultValue("4GB") ByteSize environmentBytesPerOwner) {
    /** Maximum number of sources and resources of an environment. */
    static final int FILES = 1_000;

    /** Maximum number of libraries. Each is an open file in every executor. */
    static final int LIBRARIES = 100;

    /** Maximum number of parts of a form, including one for the name. */
    static final int PARTS = FILES + LIBRARIES + 1;

    /** Maximum size of the part {@code name}. */
    static final int NAME_BYTES = 1_000;

    EnvironmentLimits {
        ByteSize min = new ByteSize(1);
        SettingCheck.range("minimalcluster.limits.source-bytes", sourceBytes, min, ByteSize.ofMebibytes(1024));
        SettingCheck.range("minimalcluster.limits.environments-per-owner", environmentsPerOwner, 1, Integer.MAX_VALUE);
        SettingCheck.range(
                "minimalcluster.limits.environment-bytes-per-owner", environmentBytesPerOwner, min, ByteSize.MAX);
    }
}
