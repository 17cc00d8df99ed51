package io.minimalcluster.worker.work;

import io.minimalcluster.worker.master.Patience;
import java.time.Duration;

/**
 * How patient a worker is.
 *
 * @param patience with calls of the master
 * @param firstPause before a call is made again for the first time, about
 * @param longestPause before a call is made again, at most
 * @param firstTrial before a worker that can't run anything tries again for the first time, about
 * @param longestTrial before it tries again, at most
 */
record WorkerTiming(
        Patience patience, Duration firstPause, Duration longestPause, Duration firstTrial, Duration longestTrial) {
    static final WorkerTiming DEFAULT = new WorkerTiming(
            Patience.DEFAULT,
            Duration.ofMillis(25),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));
}
