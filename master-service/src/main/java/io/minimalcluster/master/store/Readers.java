package io.minimalcluster.master.store;

import java.sql.Connection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A few threads that read, each on a connection of its own, each work in one snapshot. */
final class Readers implements AutoCloseable {
    private static final int QUEUE = 20_000;
    private static final int CLOSE_SECONDS = 10;

    private final BlockingQueue<Reader> free;
    private final ExecutorService threads;

    Readers(Database database, int count) {
        free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(new Reader(database));
        }
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().name("store-reader-", 0).factory());
    }

    <T> CompletableFuture<T> submit(Work<T> work) {
        PendingWork<T> pending = new PendingWork<>(work);
        try {
            threads.execute(() -> run(pending));
        } catch (RejectedExecutionException e) {
            pending.fail(new DataAccessResourceFailureException("the store is behind or closed", e));
        }
        return pending.future();
    }

    private void run(PendingWork<?> pending) {
        Reader reader = free.remove(); // as many readers as threads: there is always one
        try {
            reader.transaction().beginToRead();
            pending.run(reader.sql());
            reader.transaction().commit();
            pending.tell();
        } catch (RuntimeException e) {
            reader.transaction().rollback();
            pending.fail(e);
        } finally {
            free.add(reader);
        }
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
        free.forEach(reader -> reader.transaction().close());
    }

    private record Reader(Transaction transaction, JdbcClient sql) {
        Reader(Database database) {
            this(database.connectToRead(), database.dialect());
        }

        private Reader(Connection connection, Dialect dialect) {
            this(
                    new Transaction(connection, dialect),
                    JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        }
    }
}
