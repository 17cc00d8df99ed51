package io.minimalcluster.master.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The writer thread, with group commit. It takes all queued units of work, runs each in a savepoint, commits them
 * together and then completes their futures. Conflicts and connection failures before the commit are retried a few
 * times. A failed commit is not retried, because its outcome is unknown.
 */
final class Writer implements AutoCloseable {
    private static final int QUEUE = 20_000;
    private static final int ATTEMPTS = 3;
    private static final int IDLE_SECONDS = 2;

    private final BlockingQueue<PendingWork<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ReconnectingSession connection;
    private final int maxUnitsPerCommit;
    private final OutageLog outageLog;
    private final Thread thread;
    private final LongAdder writes = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder uncertain = new LongAdder();
    private volatile boolean closed;

    // accessed by the writer thread only
    private boolean committing;

    /** @param outageLog records failures and successes of writes */
    Writer(Database database, OutageLog outageLog) {
        this.outageLog = outageLog;
        this.connection =
                new ReconnectingSession("writer", ReconnectingSession.backoff(), () -> StoreSession.toWrite(database));
        this.maxUnitsPerCommit = database.dialect().maxUnitsPerCommit();
        this.thread = Thread.ofPlatform().name("store-writer").start(this::work);
    }

    /** @param committed runs after the commit, before the future completes */
    <T> CompletableFuture<T> submit(UnitOfWork<T> work, Consumer<T> committed) {
        PendingWork<T> pending = new PendingWork<>(work, committed);
        if (closed || !queue.offer(pending)) {
            refuse(pending);
        } else if (closed && queue.remove(pending)) {
            refuse(pending); // queued after the thread's last poll
        }
        return pending.future();
    }

    private void refuse(PendingWork<?> pending) {
        pending.fail(new DataAccessResourceFailureException(
                closed ? "the store is closed" : "the queue of the store is full"));
    }

    private void work() {
        List<PendingWork<?>> works = new ArrayList<>(maxUnitsPerCommit);
        while (next(works)) {
            if (works.isEmpty()) {
                connection.idle();
            } else {
                commit(works);
            }
            works.clear();
        }
    }

    /** Waits for units of work, for a limited time; false after the end. */
    private boolean next(List<PendingWork<?>> works) {
        try {
            if (!closed) {
                Optional.ofNullable(queue.poll(IDLE_SECONDS, TimeUnit.SECONDS)).ifPresent(works::add);
            }
        } catch (InterruptedException e) {
            closed = true; // queued units of work are still committed
        }
        queue.drainTo(works, maxUnitsPerCommit - works.size());
        return !closed || !works.isEmpty();
    }

    private void commit(List<PendingWork<?>> works) {
        long start = System.nanoTime();
        for (int attemptsLeft = ATTEMPTS; attemptsLeft > 0; attemptsLeft--) {
            try {
                run(works, attemptsLeft > 1);
                break;
            } catch (RuntimeException | Error e) { // the thread must survive any failure
                boolean disconnected = connection.recover(e);
                boolean recovered = connection.tryRecover(e);
                boolean mayRetry = recovered || StoreExceptions.isConflict(e) || (disconnected && !committing);
                if (attemptsLeft == 1 || !mayRetry) {
                    if (StoreExceptions.isDatabaseFailure(e)) {
                        outageLog.recordFailure(OutageLog.Access.WRITES, e);
                    }
                    uncertain.add(committing ? 1 : 0); // before callers can read the count
                    works.forEach(work -> work.fail(e));
                    return;
                }
            }
        }
        writes.add(works.size());
        commits.increment();
        nanos.add(System.nanoTime() - start);
        works.forEach(PendingWork::complete);
        connection.afterCallersNotified();
    }

    private void run(List<PendingWork<?>> works, boolean canRetry) {
        committing = false;
        StoreSession session = connection.session();
        session.transaction().beginToWrite();
        if (works.size() == 1) {
            if (!runAlone(session, works.getFirst(), canRetry)) {
                return;
            }
        } else {
            works.forEach(work -> runInSavepoint(session, work, canRetry));
        }
        join(works).forEach(work -> runInSavepoint(session, work, canRetry));
        commit(session);
    }

    /**
     * Adds the units of work that were queued meanwhile to the group, once, so that they need no commit of their own: a
     * new job and the poll that it wakes are committed together.
     */
    private List<PendingWork<?>> join(List<PendingWork<?>> works) {
        List<PendingWork<?>> late = new ArrayList<>();
        queue.drainTo(late, maxUnitsPerCommit - works.size());
        works.addAll(late);
        return late;
    }

    /** Runs a unit of work without a savepoint. Returns false after a rollback. */
    private static boolean runAlone(StoreSession session, PendingWork<?> work, boolean canRetry) {
        if (work.run(session.sql())) {
            session.transaction().checkNotAborted();
            return true;
        }
        throwIfConflict(work, canRetry);
        throwIfDatabaseFailure(session, work);
        throwIfConnectionFailure(work);
        session.transaction().rollback();
        return false;
    }

    /** Commits. The outcome of a failed commit is unknown. */
    private void commit(StoreSession session) {
        boolean isWriting = session.commitHooks().beforeCommit();
        committing = true;
        session.transaction().commit();
        session.commitHooks().committed();
        if (isWriting) {
            outageLog.recordSuccess(OutageLog.Access.WRITES);
        }
    }

    private static void runInSavepoint(StoreSession session, PendingWork<?> work, boolean canRetry) {
        session.transaction().savepoint();
        if (work.run(session.sql()) && isKept(session, work)) {
            return;
        }
        throwIfConflict(work, canRetry);
        throwIfDatabaseFailure(session, work);
        session.transaction().rollbackToSavepoint();
    }

    /** Releases the savepoint; false if a statement failed and the unit of work ignored that. */
    private static boolean isKept(StoreSession session, PendingWork<?> work) {
        try {
            session.transaction().releaseSavepoint();
            return true;
        } catch (DataAccessException e) {
            work.recordFailure(e);
            return false;
        }
    }

    private static void throwIfConflict(PendingWork<?> work, boolean canRetry) {
        if (canRetry && work.failure() instanceof DataAccessException e && StoreExceptions.isConflict(e)) {
            throw e;
        }
    }

    /** Aborts the group if the database failed, because further units would fail too. */
    private static void throwIfDatabaseFailure(StoreSession session, PendingWork<?> work) {
        Throwable failure = work.failure();
        if (failure != null && session.commitHooks().isDatabaseFailure(failure)) {
            throw new DataAccessResourceFailureException("the database failed", failure);
        }
    }

    /** Rethrows a connection failure, which is retried on a new connection. */
    private static void throwIfConnectionFailure(PendingWork<?> work) {
        if (work.failure() instanceof DataAccessException e && StoreExceptions.mayBeConnectionFailure(e)) {
            throw e;
        }
    }

    /** Whether the last write found no broken connection. Thread-safe. */
    boolean isConnected() {
        return connection.isOpen();
    }

    /** Number of failed commits with an unknown outcome. */
    long uncertainCommits() {
        return uncertain.sum();
    }

    StoreStatistics statistics() {
        return new StoreStatistics(queue.size(), writes.sum(), commits.sum(), nanos.sum());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
