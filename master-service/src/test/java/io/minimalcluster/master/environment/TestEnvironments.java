package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.support.ByteSize;

/** Factories of environment services for tests in other packages. */
public final class TestEnvironments {
    private TestEnvironments() {}

    public static UnusedEnvironmentCleanup unused(Store store) {
        return new UnusedEnvironmentCleanup(store, new BundleChunks(store));
    }

    /** Quota of {@code environments} per owner, with no effective bound on bytes. */
    static EnvironmentQuota quota(int environments) {
        return new EnvironmentQuota(
                new EnvironmentLimits(ByteSize.ofMebibytes(1), environments, ByteSize.ofMebibytes(1_000_000)));
    }

    /** Quota of {@code mebibytes} of bundles per owner, with no effective bound on their number. */
    static EnvironmentQuota quotaOfMebibytes(long mebibytes) {
        return new EnvironmentQuota(
                new EnvironmentLimits(ByteSize.ofMebibytes(1), 10_000, ByteSize.ofMebibytes(mebibytes)));
    }
}
