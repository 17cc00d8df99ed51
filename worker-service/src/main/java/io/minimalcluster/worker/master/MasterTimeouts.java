package io.minimalcluster.worker.master;

import java.time.Duration;

/**
 * The timeouts of calls to the master.
 *
 * @param connect of a connection attempt
 * @param call of the response, in addition to the wait that the call requests
 * @param bundle of a whole bundle download
 * @param poll the wait that a long poll requests
 */
public record MasterTimeouts(Duration connect, Duration call, Duration bundle, Duration poll) {
    /** The default timeouts. */
    public static final MasterTimeouts DEFAULT = new MasterTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(30));
}
