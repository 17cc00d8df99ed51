package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.worker.settings.ByteSize;

/** What looks after environments, for tests elsewhere. */
public final class TestEnvironments {
    private TestEnvironments() {}

    public static UnusedEnvironmentCleanup unused(Store store) {
        return new UnusedEnvironmentCleanup(store, new BundleChunks(store));
    }

    /** Some environments for each owner, of any length. */
    static EnvironmentQuota quota(int environments) {
        return new EnvironmentQuota(
                new EnvironmentLimits(ByteSize.ofMebibytes(1), environments, ByteSize.ofMebibytes(1_000_000)));
    }

    /** Any number of environments for each owner, of that length together. */
    static EnvironmentQuota quotaOfMebibytes(long length) {
        return new EnvironmentQuota(
                new EnvironmentLimits(ByteSize.ofMebibytes(1), 10_000, ByteSize.ofMebibytes(length)));
    }
}
