package io.minimalcluster.worker;

import io.minimalcluster.worker.master.MasterTimeouts;
import java.time.Duration;

/**
 * How patient a worker is.
 *
 * @param timeouts with calls of the master
 * @param firstPause before a call is made again for the first time, about
 * @param longestPause before a call is made again, at most
 * @param firstTrial before a worker that can't run anything tries again for the first time, about
 * @param longestTrial before it tries again, at most
 */
record WorkerTiming(
        MasterTimeouts timeouts,
        Duration firstPause,
        Duration longestPause,
        Duration firstTrial,
        Duration longestTrial) {
    static final WorkerTiming DEFAULT = new WorkerTiming(
            MasterTimeouts.DEFAULT,
            Duration.ofMillis(25),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));
}
