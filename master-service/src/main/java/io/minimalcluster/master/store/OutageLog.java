package io.minimalcluster.master.store;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Says once that the store is away, and once that it is back, however many are refused in between. */
final class OutageLog {
    private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

    /** What it is used for. Each may fail without the other. */
    enum Use {
        READS,
        WRITES
    }

    // guarded by this
    private final Set<Use> failing = EnumSet.noneOf(Use.class);
    private long since;

    private volatile boolean isAway; // whether it is not empty, for those who only look

    /** Something failed for the sake of the database. */
    synchronized void fails(Use use, Throwable failure) {
        if (failing.isEmpty()) {
            isAway = true;
            since = System.nanoTime();
            log.warn("event=store.unavailable reason=\"{}\"", reason(failure));
        }
        failing.add(use);
    }

    /** Something went well. */
    void works(Use use) {
        if (isAway) {
            isBack(use);
        }
    }

    private synchronized void isBack(Use use) {
        if (failing.remove(use) && failing.isEmpty()) {
            isAway = false;
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
