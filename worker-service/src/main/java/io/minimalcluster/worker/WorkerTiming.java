package io.minimalcluster.worker;

import io.minimalcluster.worker.master.MasterTimeouts;
import java.time.Duration;

/**
 * Timeouts and backoffs of a worker.
 *
 * @param timeouts of calls to the master
 * @param firstPause the first pause before a retry, with jitter
 * @param longestPause the longest pause before a retry
 * @param firstSelfTestPause the first pause before a failed self-test is repeated, with jitter
 * @param longestSelfTestPause the longest pause before a failed self-test is repeated
 */
record WorkerTiming(
        MasterTimeouts timeouts,
        Duration firstPause,
        Duration longestPause,
        Duration firstSelfTestPause,
        Duration longestSelfTestPause) {
    static final WorkerTiming DEFAULT = new WorkerTiming(
            MasterTimeouts.DEFAULT,
            Duration.ofMillis(25),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));
}
