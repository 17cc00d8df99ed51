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
final class Link implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Link.class);

    private final String name;
    private final Outage outage;
    private final Supplier<Session> open;
    private volatile @Nullable Session session;

    /** @param outage shared by those that break together */
    Link(String name, Outage outage, Supplier<Session> open) {
        this.name = name;
        this.outage = outage;
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
    Session session() {
        Session known = session;
        if (known == null) {
            known = reopen();
            session = known;
        }
        return known;
    }

    private Session reopen() {
        if (outage.isToBeWaitedFor()) {
            throw new DataAccessResourceFailureException("the database is away");
        }
        try {
            Session opened = open.get();
            log.debug("event=store.connected connection={}", name);
            outage.isOver();
            return opened;
        } catch (RuntimeException e) {
            outage.goesOn();
            throw new DataAccessResourceFailureException("the database is away: " + e.getMessage(), e);
        }
    }

    /** Undoes what was begun, and lets go of a session that broke; whether it did. */
    boolean recover(Throwable failure) {
        Session known = session;
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
    boolean mend(Throwable failure) {
        Session known = session;
        return known != null && known.care().failed(failure);
    }

    /** Those were told who waited for the last commit. */
    void told() {
        Session known = session;
        if (known != null) {
            known.care().told();
        }
    }

    /** Nothing has come for a while. */
    void idle() {
        Session known = session;
        if (known != null) {
            known.care().idle();
        }
    }

    @Override
    public void close() {
        Session known = session;
        if (known != null) {
            known.close();
        }
    }
}
