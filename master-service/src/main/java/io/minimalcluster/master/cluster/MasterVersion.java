package io.minimalcluster.master.cluster;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;

/** The version of this master, as the build wrote it. */
final class MasterVersion {
    private MasterVersion() {}

    static String of(ObjectProvider<BuildProperties> build) {
        BuildProperties known = build.getIfAvailable();
        String version = known == null ? null : known.getVersion();
        return version == null ? "unknown" : version;
    }
}
