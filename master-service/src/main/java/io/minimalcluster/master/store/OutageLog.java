package io.minimalcluster.master.store;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Logs the start and the end of a store outage once each. */
final class OutageLog {
    private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

    /** Kind of access. Each may fail without the other. */
    enum Access {
        READS,
        WRITES
    }

    // guarded by this
    private final Set<Access> failing = EnumSet.noneOf(Access.class);
    private long since;

    private volatile boolean isOutage; // whether failing is not empty, readable without the lock

    /** Records a failure of the database. */
    synchronized void recordFailure(Access use, Throwable failure) {
        if (failing.isEmpty()) {
            isOutage = true;
            since = System.nanoTime();
            log.warn("event=store.unavailable reason=\"{}\"", reason(failure));
        }
        failing.add(use);
    }

    /** Records a success. */
    void recordSuccess(Access use) {
        if (isOutage) {
            endOutage(use);
        }
    }

    private synchronized void endOutage(Access use) {
        if (failing.remove(use) && failing.isEmpty()) {
            isOutage = false;
            log.info(
                    "event=store.available seconds={}",
                    Duration.ofNanos(System.nanoTime() - since).toSeconds());
        }
    }

    private static String reason(Throwable failure) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .replaceAll("\\s*\\R\\s*", " ");
    }
}
