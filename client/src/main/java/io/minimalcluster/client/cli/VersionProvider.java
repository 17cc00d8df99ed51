package io.minimalcluster.client.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Provides the version from the manifest of the jar, and the commit that the launcher passes. */
final class VersionProvider implements IVersionProvider {
    private static final String COMMIT = "minimalcluster.commit";

    @Override
    public String[] getVersion() {
        @Nullable String version = VersionProvider.class.getPackage().getImplementationVersion();
        String commit = System.getProperty(COMMIT, "");
        return new String[] {
            "minimalcluster " + (version == null ? "unknown" : version) + (commit.isEmpty() ? "" : ", commit " + commit)
                    + ", Java " + Runtime.version()
        };
    }
}
