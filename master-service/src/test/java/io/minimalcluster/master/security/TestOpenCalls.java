package io.minimalcluster.master.security;

/** Open calls of nobody, which no key ends. */
public final class TestOpenCalls {
    private TestOpenCalls() {}

    public static OpenCalls open() {
        return new OpenCalls(_ -> true);
    }
}
