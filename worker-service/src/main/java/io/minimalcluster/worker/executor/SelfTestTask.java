package io.minimalcluster.worker.executor;

/** The target function of the self-test. It is called in the executor, not in this process. */
public final class SelfTestTask {
    private SelfTestTask() {}

    /** Returns the successor of a number. */
    public static long next(long x) {
        return x + 1;
    }
}
