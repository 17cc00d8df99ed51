package io.minimalcluster.worker.executor;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose fault it is when executors end: users' code, or a worker that can't run anything. After some in a row with
 * nothing done between them it is tried with a function of our own.
 */
final class FaultAttribution {
    private static final int IN_A_ROW = 3;

    private final SelfTest selfTest;
    private final AtomicInteger ended = new AtomicInteger();

    FaultAttribution(SelfTest selfTest) {
        this.selfTest = selfTest;
    }

    /** An executor has done something. */
    void worked() {
        if (ended.get() != 0) {
            ended.set(0);
        }
    }

    /**
     * An executor ended under a task.
     *
     * @throws ExecutorUnavailableException if the task is not to blame
     */
    void ended() throws ExecutorUnavailableException, InterruptedException {
        if (ended.incrementAndGet() >= IN_A_ROW) {
            settle();
        }
    }

    /**
     * Finds out now.
     *
     * @throws ExecutorUnavailableException if no task is to blame
     */
    void settle() throws ExecutorUnavailableException, InterruptedException {
        selfTest.run();
        ended.set(0);
    }
}
