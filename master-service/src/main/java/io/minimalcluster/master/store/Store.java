package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Transactional access to the database. One thread writes with group commit; a pool of threads reads. All are platform
 * threads, because the driver would pin a virtual thread to its carrier.
 */
public final class Store implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final String PING = "select 1";

    private final Database database;
    private final Writer writer;
    private final Readers readers;
    private final LongAdder late = new LongAdder();

    private Store(Database database, int readers) {
        this.database = database;
        OutageLog outageLog = new OutageLog();
        this.writer = new Writer(database, outageLog);
        this.readers = new Readers(database, readers, outageLog);
    }

    /** Opens a store on a database that {@link SchemaMigration} has migrated. */
    public static Store open(Database database, int readers) {
        return new Store(database, readers);
    }

    /**
     * Runs a unit of work on the writer. A failure rolls back this unit alone. The future completes after the commit is
     * durable.
     */
    public <T> CompletableFuture<T> write(UnitOfWork<T> work) {
        return writer.submit(work, _ -> {});
    }

    /**
     * Runs a unit of work on the writer and waits for the durable commit.
     *
     * @throws MasterException.Unavailable if the outcome is unknown after the timeout; the commit may still happen
     */
    public <T> T writeAndWait(UnitOfWork<T> work) {
        return writeAndWait(work, _ -> {});
    }

    /**
     * Runs a unit of work like {@link #writeAndWait(UnitOfWork)}.
     *
     * @param committed runs after the commit, on the thread of the writer, before this caller and those of later units
     *     go on. Must be short, and must not throw.
     */
    public <T> T writeAndWait(UnitOfWork<T> work, Consumer<T> committed) {
        CompletableFuture<T> future = writer.submit(work, committed);
        try {
            return await(future);
        } finally {
            if (!future.isDone()) {
                var _ = future.whenComplete((_, _) -> late.increment());
            }
        }
    }

    /** Number of writes that may have been committed although their callers got an error. */
    public long uncertainCommits() {
        return writer.uncertainCommits() + late.sum();
    }

    /**
     * Runs a read in one snapshot. A stream reads block by block, so it holds no snapshot while it waits for its
     * client.
     */
    public <T> T read(UnitOfWork<T> work) {
        return await(readers.submit(work));
    }

    /** Waits for a write, with the default timeout. */
    public static <T> T await(CompletableFuture<T> future) {
        return await(future, TIMEOUT);
    }

    public static <T> T await(CompletableFuture<T> future, Duration timeout) {
        try {
            return future.get(timeout.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw StoreExceptions.toCallerException(e.getCause());
        } catch (TimeoutException e) {
            throw new MasterException.Unavailable("The store does not respond.", RETRY_AFTER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MasterException.Unavailable("The master is shutting down.", RETRY_AFTER, e);
        }
    }

    /** Whether the store accepts writes. Queries the database if the last write lost its connection. */
    public boolean isWritable() {
        return writer.isConnected()
                || writeAndWait(sql -> sql.sql(PING).query(Integer.class).single()) == 1;
    }

    /** Statistics of the writer since the start. */
    public StoreStatistics statistics() {
        return writer.statistics();
    }

    /** Size of the write-ahead log in bytes; 0 if the database server manages it. */
    public long logBytes() {
        return database.logBytes();
    }

    /**
     * Writes a consistent snapshot into a new file, while writes continue.
     *
     * @throws MasterException.Conflict if the database has its own backup tools
     * @throws MasterException.InsufficientStorage if the disk space is too low
     */
    public void copyInto(Path file) {
        database.copyInto(file);
    }

    @Override
    public void close() {
        try (database;
                readers;
                writer) {
            // closes in reverse order: the writer, the readers, the database with its lock
        }
    }
}
