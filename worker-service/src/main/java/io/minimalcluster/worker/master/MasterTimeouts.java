package io.minimalcluster.worker.master;

import java.time.Duration;

/**
 * How long the worker waits for the master.
 *
 * @param connect for a connection
 * @param call for the answer to a call, beyond what the call itself asks the master to wait
 * @param bundle for a bundle from its first to its last byte
 * @param poll how long the master may keep a poll while there is nothing
 */
public record MasterTimeouts(Duration connect, Duration call, Duration bundle, Duration poll) {
    /** What suits a network. */
    public static final MasterTimeouts DEFAULT = new MasterTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(30));
}
