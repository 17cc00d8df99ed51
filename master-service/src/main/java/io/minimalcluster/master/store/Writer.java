package io.minimalcluster.master.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The one thread that writes. Takes every work that waits, runs each in a savepoint if there are several, commits them
 * together, and only then tells their outcomes. What surely did not happen, for another was in the way or the
 * connection had broken before, is done again, a few times; what may have happened is not.
 */
final class Writer implements AutoCloseable {
    private static final int QUEUE = 20_000;
    private static final int TURNS = 3;
    private static final int IDLE_SECONDS = 2;

    private final BlockingQueue<PendingWork<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ReconnectingSession link;
    private final int together;
    private final OutageLog outageLog;
    private final Thread thread;
    private final LongAdder writes = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder doubts = new LongAdder();
    private volatile boolean closed;

    // of the thread alone
    private boolean committing;

    /** @param outageLog told of what fails */
    Writer(Database database, OutageLog outageLog) {
        this.outageLog = outageLog;
        this.link = new ReconnectingSession("writer", new ReconnectBackoff(), () -> StoreSession.toWrite(database));
        this.together = database.dialect().together();
        this.thread = Thread.ofPlatform().name("store-writer").start(this::work);
    }

    <T> CompletableFuture<T> submit(UnitOfWork<T> work) {
        PendingWork<T> pending = new PendingWork<>(work);
        if (closed || !queue.offer(pending)) {
            refuse(pending);
        } else if (closed && queue.remove(pending)) {
            refuse(pending); // it came after the thread's last look
        }
        return pending.future();
    }

    private void refuse(PendingWork<?> pending) {
        pending.fail(new DataAccessResourceFailureException(closed ? "the store is closed" : "the store is behind"));
    }

    private void work() {
        List<PendingWork<?>> works = new ArrayList<>(together);
        while (next(works)) {
            if (works.isEmpty()) {
                link.idle();
            } else {
                commit(works);
            }
            works.clear();
        }
    }

    /** Waits a while for works; false when none will come. */
    private boolean next(List<PendingWork<?>> works) {
        try {
            if (!closed) {
                Optional.ofNullable(queue.poll(IDLE_SECONDS, TimeUnit.SECONDS)).ifPresent(works::add);
            }
        } catch (InterruptedException e) {
            closed = true; // what waits is still done
        }
        queue.drainTo(works, together - works.size());
        return !closed || !works.isEmpty();
    }

    private void commit(List<PendingWork<?>> works) {
        long start = System.nanoTime();
        for (int turns = TURNS; turns > 0; turns--) {
            try {
                run(works, turns > 1);
                break;
            } catch (RuntimeException | Error e) { // this thread has to go on, whatever it is
                boolean broke = link.recover(e);
                boolean mended = link.tryRecover(e);
                boolean mayGoWell = mended || StoreExceptions.isConflict(e) || (broke && !committing);
                if (turns == 1 || !mayGoWell) {
                    if (StoreExceptions.isDatabaseFailure(e)) {
                        outageLog.fails(OutageLog.Use.WRITES, e);
                    }
                    doubts.add(committing ? 1 : 0); // before those who are told may ask for it
                    works.forEach(work -> work.fail(e));
                    return;
                }
            }
        }
        outageLog.works(OutageLog.Use.WRITES);
        writes.add(works.size());
        commits.increment();
        nanos.add(System.nanoTime() - start);
        works.forEach(PendingWork::tell);
        link.afterCallersNotified();
    }

    private void run(List<PendingWork<?>> works, boolean hasMoreTurns) {
        committing = false;
        StoreSession session = link.session();
        session.transaction().beginToWrite();
        if (works.size() == 1) {
            runAlone(session, works.getFirst(), hasMoreTurns);
        } else {
            works.forEach(work -> runInSavepoint(session, work, hasMoreTurns));
            commit(session);
        }
    }

    private void runAlone(StoreSession session, PendingWork<?> work, boolean hasMoreTurns) {
        if (work.run(session.sql())) {
            session.transaction().checkUnharmed();
            commit(session);
        } else {
            throwIfConflict(work, hasMoreTurns);
            throwIfDatabaseFailure(session, work);
            throwIfConnectionFailure(work);
            session.transaction().rollback();
        }
    }

    /** From here on nobody knows, if it fails, whether it was done. */
    private void commit(StoreSession session) {
        session.care().beforeCommit();
        committing = true;
        session.transaction().commit();
        session.care().committed();
    }

    private static void runInSavepoint(StoreSession session, PendingWork<?> work, boolean hasMoreTurns) {
        session.transaction().savepoint();
        if (work.run(session.sql()) && isKept(session, work)) {
            return;
        }
        throwIfConflict(work, hasMoreTurns);
        throwIfDatabaseFailure(session, work);
        session.transaction().undo();
    }

    /** A work that went on after a failed statement can't be kept; the others can. */
    private static boolean isKept(StoreSession session, PendingWork<?> work) {
        try {
            session.transaction().keep();
            return true;
        } catch (DataAccessException e) {
            work.failAfterAll(e);
            return false;
        }
    }

    private static void throwIfConflict(PendingWork<?> work, boolean hasMoreTurns) {
        if (hasMoreTurns && work.failure() instanceof DataAccessException e && StoreExceptions.isConflict(e)) {
            throw e;
        }
    }

    /** Where the database failed a work it is of no use to go on with others. */
    private static void throwIfDatabaseFailure(StoreSession session, PendingWork<?> work) {
        Throwable failure = work.failure();
        if (failure != null && session.care().isDatabaseFailure(failure)) {
            throw new DataAccessResourceFailureException("the database failed a work", failure);
        }
    }

    /** What failed with its connection is done again on another. */
    private static void throwIfConnectionFailure(PendingWork<?> work) {
        if (work.failure() instanceof DataAccessException e && StoreExceptions.mayBeConnectionFailure(e)) {
            throw e;
        }
    }

    /** Whether it can write, as far as it is known; any thread may ask. */
    boolean isConnected() {
        return link.isOpen();
    }

    /** How often a commit failed of which nobody knows whether it was done. */
    long uncertainCommits() {
        return doubts.sum();
    }

    StoreStatistics figures() {
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
        link.close();
    }
}
