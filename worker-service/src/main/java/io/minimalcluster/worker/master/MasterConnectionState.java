package io.minimalcluster.worker.master;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the master is heard of, by the worker's own monotonic clock. Says in one line that it fell silent, and in one
 * that it is back.
 */
public final class MasterConnectionState {
    private static final Logger LOG = LoggerFactory.getLogger(MasterConnectionState.class);

    private static final Duration PASSING = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private long lastHeard;
    private boolean heard;
    private boolean troubled;

    public MasterConnectionState(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastHeard = nanoTime.getAsLong();
    }

    /** The time to remember before a call, for {@link #heard}. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Says that a call was answered which was begun at a time of {@link #now}: the master counts from when it heard it.
     */
    public synchronized void heard(long begun) {
        heard = true;
        if (begun - lastHeard > 0) {
            lastHeard = begun;
        }
        if (troubled) {
            troubled = false;
            LOG.info("event=master-back");
        }
    }

    /** Says that a call failed in a way that may pass. */
    public synchronized void troubled(MasterCallException error) {
        boolean lasts = !heard || silence().compareTo(PASSING) > 0;
        if (lasts && !troubled) {
            troubled = true;
            LOG.warn("event=master-away reason=\"{}\" now=\"trying again\"", error.getMessage());
        }
    }

    /** How long no call was answered. */
    public synchronized Duration silence() {
        return Duration.ofNanos(nanoTime.getAsLong() - lastHeard);
    }
}
