package io.minimalcluster.worker.executor;

/** What is run to see whether an executor works at all. It is there, and not in this process, that it is called. */
public final class SelfTestTask {
    private SelfTestTask() {}

    /** The number after another. */
    public static long next(long x) {
        return x + 1;
    }
}
