package io.minimalcluster.master.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A session that is opened again when it broke. While that fails, whoever asks is refused at once; it is tried again
 * after pauses that grow. Used by one thread at a time.
 */
final class ReconnectingSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReconnectingSession.class);

    private final String name;
    private final ReconnectBackoff backoff;
    private final Supplier<StoreSession> open;
    private volatile @Nullable StoreSession session;

    /** @param backoff shared by those that break together */
    ReconnectingSession(String name, ReconnectBackoff backoff, Supplier<StoreSession> open) {
        this.name = name;
        this.backoff = backoff;
        this.open = open;
        this.session = open.get();
    }

    /** Whether it was well when it was last used; any thread may ask. */
    boolean isOpen() {
        return session != null;
    }

    /**
     * The session.
     *
     * @throws DataAccessResourceFailureException if it can't be opened now
     */
    StoreSession session() {
        StoreSession known = session;
        if (known == null) {
            known = reopen();
            session = known;
        }
        return known;
    }

    private StoreSession reopen() {
        if (backoff.isToBeWaitedFor()) {
            throw new DataAccessResourceFailureException("the database is away");
        }
        try {
            StoreSession opened = open.get();
            log.debug("event=store.connected connection={}", name);
            backoff.isOver();
            return opened;
        } catch (RuntimeException e) {
            backoff.goesOn();
            throw new DataAccessResourceFailureException("the database is away: " + e.getMessage(), e);
        }
    }

    /** Undoes what was begun, and lets go of a session that broke; whether it did. */
    boolean recover(Throwable failure) {
        StoreSession known = session;
        if (known == null) {
            return false;
        }
        known.transaction().rollback();
        if (!known.isBroken()) {
            return false;
        }
        known.close();
        session = null;
        log.debug("event=store.connection-lost connection={}", name, failure);
        return true;
    }

    /** Does what can be done about a failure, after it was undone; whether it may go well now. */
    boolean tryRecover(Throwable failure) {
        StoreSession known = session;
        return known != null && known.care().failed(failure);
    }

    /** Those were told who waited for the last commit. */
    void afterCallersNotified() {
        StoreSession known = session;
        if (known != null) {
            known.care().afterCallersNotified();
        }
    }

    /** Nothing has come for a while. */
    void idle() {
        StoreSession known = session;
        if (known != null) {
            known.care().idle();
        }
    }

    @Override
    public void close() {
        StoreSession known = session;
        if (known != null) {
            known.close();
        }
    }
}
