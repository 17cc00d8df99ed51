package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * The seam to the database. One thread writes and commits many works at once, a few read; both are platform threads, as
 * the driver would pin a virtual thread to its carrier.
 */
public final class Store implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private static final String ASK = "select 1";

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

    /** Opens the database, which {@link SchemaMigration} has brought up to date. */
    public static Store open(Database database, int readers) {
        return new Store(database, readers);
    }

    /** Runs the work in a transaction of its own kind: undone alone if it fails, done when it is on disk. */
    public <T> CompletableFuture<T> write(UnitOfWork<T> work) {
        return writer.submit(work);
    }

    /**
     * Writes, and waits until it is on disk.
     *
     * @throws MasterException.Unavailable if the store can't tell in time; it may have happened all the same
     */
    public <T> T writeAndWait(UnitOfWork<T> work) {
        CompletableFuture<T> future = write(work);
        try {
            return await(future);
        } finally {
            if (!future.isDone()) {
                var _ = future.whenComplete((_, _) -> late.increment());
            }
        }
    }

    /** How many writes may have happened whose callers were told of a failure. */
    public long uncertainCommits() {
        return writer.uncertainCommits() + late.sum();
    }

    /**
     * Reads one consistent state. A stream takes it piece by piece, and holds nothing while it waits for its client.
     */
    public <T> T read(UnitOfWork<T> work) {
        return await(readers.submit(work));
    }

    /** Waits for a write. */
    public static <T> T await(CompletableFuture<T> future) {
        return await(future, PATIENCE);
    }

    public static <T> T await(CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw StoreExceptions.toCallerException(e.getCause());
        } catch (TimeoutException e) {
            throw new MasterException.Unavailable("The store does not answer.", RETRY_AFTER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MasterException.Unavailable("The master is going down.", RETRY_AFTER, e);
        }
    }

    /** Whether it takes writes; asks the database where the last one failed with its connection. */
    public boolean isWritable() {
        return writer.isConnected()
                || writeAndWait(sql -> sql.sql(ASK).query(Integer.class).single()) == 1;
    }

    /** What was written since the start. */
    public StoreStatistics figures() {
        return writer.figures();
    }

    /** How long the log of the database is; 0 where it looks after that itself. */
    public long logBytes() {
        return database.logBytes();
    }

    /**
     * Writes a copy of one moment into a file that is not there yet, while others write.
     *
     * @throws MasterException.Conflict if the database has tools of its own for that
     * @throws MasterException.InsufficientStorage if there is no room for it
     */
    public void copyInto(Path file) {
        database.copyInto(file);
    }

    @Override
    public void close() {
        try (database;
                readers;
                writer) {
            // what waits to be written first, the hold on the database last
        }
    }
}
