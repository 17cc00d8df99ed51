package io.minimalcluster.master.store;

import io.minimalcluster.model.support.Backoff;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A session that reconnects after a failure, with exponential backoff. During the backoff each access fails at once.
 * Used by one thread at a time.
 */
final class ReconnectingSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReconnectingSession.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final Backoff backoff;
    private final Supplier<StoreSession> open;
    private volatile @Nullable StoreSession session;

    /** @param backoff shared by sessions that fail together */
    ReconnectingSession(String name, Backoff backoff, Supplier<StoreSession> open) {
        this.name = name;
        this.backoff = backoff;
        this.open = open;
        this.session = open.get();
    }

    static Backoff backoff() {
        return new Backoff(FIRST_PAUSE, MAX_PAUSE);
    }

    /** Whether the last use found no broken connection. Thread-safe. */
    boolean isOpen() {
        return session != null;
    }

    /**
     * The session.
     *
     * @throws DataAccessResourceFailureException if the session can't be opened now
     */
    StoreSession session() {
        StoreSession current = session;
        if (current == null) {
            current = reopen();
            session = current;
        }
        return current;
    }

    private StoreSession reopen() {
        if (backoff.isPausing()) {
            throw new DataAccessResourceFailureException("the database is not available");
        }
        try {
            StoreSession opened = open.get();
            log.debug("event=store.connected connection={}", name);
            backoff.reset();
            return opened;
        } catch (RuntimeException e) {
            backoff.startPause();
            throw new DataAccessResourceFailureException("the database is not available: " + e.getMessage(), e);
        }
    }

    /** Rolls back, and closes a broken session; true if the session was broken. */
    boolean recover(Throwable failure) {
        StoreSession current = session;
        if (current == null) {
            return false;
        }
        current.transaction().rollback();
        if (!current.isBroken()) {
            return false;
        }
        current.close();
        session = null;
        log.debug("event=store.connection-lost connection={}", name, failure);
        return true;
    }

    /** Lets the database recover from a failed transaction, after its rollback; true if a retry may succeed. */
    boolean tryRecover(Throwable failure) {
        StoreSession current = session;
        return current != null && current.commitHooks().failed(failure);
    }

    /** Runs maintenance after the callers of the last commit were notified. */
    void afterCallersNotified() {
        StoreSession current = session;
        if (current != null) {
            current.commitHooks().afterCallersNotified();
        }
    }

    /** Runs maintenance while no work arrives. */
    void idle() {
        StoreSession current = session;
        if (current != null) {
            current.commitHooks().idle();
        }
    }

    @Override
    public void close() {
        StoreSession current = session;
        if (current != null) {
            current.close();
        }
    }
}
