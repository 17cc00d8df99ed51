package io.minimalcluster.worker.executor;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Distinguishes faulty user code from a worker whose executors run nothing. After several consecutive exits without
 * progress, a self-test decides.
 */
final class FaultAttribution {
    private static final int MAX_CONSECUTIVE_EXITS = 3;

    private final SelfTest selfTest;
    private final AtomicInteger exits = new AtomicInteger();

    FaultAttribution(SelfTest selfTest) {
        this.selfTest = selfTest;
    }

    /** Records that an executor has sent outcomes. */
    void recordProgress() {
        if (exits.get() != 0) {
            exits.set(0);
        }
    }

    /**
     * Records the exit of an executor that ran a task.
     *
     * @throws ExecutorUnavailableException if the self-test fails, so that the task is not the cause
     */
    void recordExit() throws ExecutorUnavailableException, InterruptedException {
        if (exits.incrementAndGet() >= MAX_CONSECUTIVE_EXITS) {
            verifyWorker();
        }
    }

    /**
     * Runs the self-test.
     *
     * @throws ExecutorUnavailableException if it fails
     */
    void verifyWorker() throws ExecutorUnavailableException, InterruptedException {
        selfTest.run();
        exits.set(0);
    }
}
