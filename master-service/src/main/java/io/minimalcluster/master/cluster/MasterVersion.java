package io.minimalcluster.master.cluster;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;

/** Reads the version of this master from the build properties. */
final class MasterVersion {
    private MasterVersion() {}

    static String of(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        return version == null ? "unknown" : version;
    }
}
