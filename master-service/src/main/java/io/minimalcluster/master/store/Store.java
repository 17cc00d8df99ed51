package io.minimalcluster.master.store;

import io.minimalcluster.master.problem.MasterException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The seam to the database. One thread writes and commits many works at once, a few read; both are platform threads, as
 * the driver would pin a virtual thread to its carrier.
 */
public final class Store implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Database database;
    private final Writer writer;
    private final Readers readers;

    private Store(Database database, int readers) {
        this.database = database;
        this.writer = new Writer(database);
        this.readers = new Readers(database, readers);
    }

    /** Opens the database, which {@link Schema} has brought up to date. */
    static Store open(Database database, int readers) {
        return new Store(database, readers);
    }

    /** Runs the work in a transaction of its own kind: undone alone if it fails, done when it is on disk. */
    public <T> CompletableFuture<T> write(Work<T> work) {
        return writer.submit(work);
    }

    /**
     * Writes, and waits until it is on disk.
     *
     * @throws MasterException.Unavailable if the store can't tell in time; it may have happened all the same
     */
    public <T> T writeAndWait(Work<T> work) {
        return await(write(work));
    }

    /**
     * Reads one consistent state. A stream takes it piece by piece, and holds nothing while it waits for its client.
     */
    public <T> T read(Work<T> work) {
        return await(readers.submit(work));
    }

    /** Waits for a write. */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw StoreFailure.asSeenByCallers(e.getCause());
        } catch (TimeoutException e) {
            throw new MasterException.Unavailable("The store does not answer.", RETRY_AFTER, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MasterException.Unavailable("The master is going down.", RETRY_AFTER, e);
        }
    }

    /** What was written since the start. */
    public StoreFigures figures() {
        return writer.figures();
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
