package io.minimalcluster.master.security;

/** Factory of {@link LongRunningRequests} that no revoked key ends. */
public final class TestLongRunningRequests {
    private TestLongRunningRequests() {}

    public static LongRunningRequests open() {
        return new LongRunningRequests(_ -> true);
    }
}
