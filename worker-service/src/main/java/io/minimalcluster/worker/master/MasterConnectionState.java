package io.minimalcluster.worker.master;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of the connection to the master, by the monotonic clock of the worker. Logs one line when the connection is
 * lost and one when it is restored.
 */
public final class MasterConnectionState {
    private static final Logger log = LoggerFactory.getLogger(MasterConnectionState.class);

    private static final Duration TRANSIENT = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private long lastContact;
    private boolean contacted;
    private boolean failureLogged;

    public MasterConnectionState(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastContact = nanoTime.getAsLong();
    }

    /** The time before a call, for {@link #recordContact}. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Records a response to a call.
     *
     * @param begun the time before the call, from {@link #now}. A lease starts when the master receives the call, so
     *     the time of the response would be too late.
     */
    public synchronized void recordContact(long begun) {
        contacted = true;
        if (begun - lastContact > 0) {
            lastContact = begun;
        }
        if (failureLogged) {
            failureLogged = false;
            log.info("event=master.reachable");
        }
    }

    /** Records a failed call that may be retried. */
    public synchronized void recordFailure(MasterCallException error) {
        boolean persistent = !contacted || timeSinceContact().compareTo(TRANSIENT) > 0;
        if (persistent && !failureLogged) {
            failureLogged = true;
            log.warn("event=master.unreachable reason=\"{}\" action=\"trying again\"", error.getMessage());
        }
    }

    /** The time since the last call that got a response. */
    public synchronized Duration timeSinceContact() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastContact);
    }
}
