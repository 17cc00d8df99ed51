package io.minimalcluster.master.store;

import io.minimalcluster.model.support.Backoff;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Pool of reader threads, each with its own connection. A unit of work runs in one snapshot. */
final class Readers implements AutoCloseable {
    private static final int QUEUE = 20_000;
    private static final int CLOSE_SECONDS = 10;

    private final BlockingQueue<ReconnectingSession> free;
    private final ExecutorService threads;
    private final OutageLog outageLog;

    /** @param outageLog records failures and successes of reads */
    Readers(Database database, int count, OutageLog outageLog) {
        this.outageLog = outageLog;
        Backoff backoff = ReconnectingSession.backoff();
        free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(new ReconnectingSession("reader-" + i, backoff, () -> StoreSession.toRead(database)));
        }
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("store-reader-", 0).factory());
    }

    <T> CompletableFuture<T> submit(UnitOfWork<T> work) {
        PendingWork<T> pending = new PendingWork<>(work, _ -> {});
        try {
            threads.execute(() -> run(pending));
        } catch (RejectedExecutionException e) {
            pending.fail(new DataAccessResourceFailureException(
                    "the queue of the store is full, or the store is closed", e));
        }
        return pending.future();
    }

    private void run(PendingWork<?> pending) {
        ReconnectingSession reader = free.remove(); // never empty: there are as many readers as threads
        try {
            if (!run(reader, pending)) {
                run(reader, pending); // retry, on a new connection if the old one broke: reads are idempotent
            }
            recordOutcome(pending.failure());
            pending.complete();
        } catch (RuntimeException | Error e) {
            reader.recover(e);
            recordOutcome(e);
            pending.fail(e);
        } finally {
            free.add(reader);
        }
    }

    private void recordOutcome(@Nullable Throwable failure) {
        if (failure != null && StoreExceptions.isDatabaseFailure(failure)) {
            outageLog.recordFailure(OutageLog.Access.READS, failure);
        } else {
            outageLog.recordSuccess(OutageLog.Access.READS);
        }
    }

    /** Runs the work once; false after a conflict or a broken connection, when a retry may succeed. */
    private static boolean run(ReconnectingSession reader, PendingWork<?> pending) {
        StoreSession session = reader.session();
        try {
            session.transaction().beginToRead();
            if (pending.run(session.sql())) {
                session.transaction().commit();
                return true;
            }
        } catch (RuntimeException e) {
            pending.recordFailure(e);
        }
        session.transaction().rollback();
        return !(pending.failure() instanceof DataAccessException e
                && (StoreExceptions.isConflict(e) || (StoreExceptions.mayBeConnectionFailure(e) && reader.recover(e))));
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        free.forEach(ReconnectingSession::close);
    }
}
