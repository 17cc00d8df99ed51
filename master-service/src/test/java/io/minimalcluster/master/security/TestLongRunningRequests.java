package io.minimalcluster.master.security;

/** Open calls of nobody, which no key ends. */
public final class TestLongRunningRequests {
    private TestLongRunningRequests() {}

    public static LongRunningRequests open() {
        return new LongRunningRequests(_ -> true);
    }
}
