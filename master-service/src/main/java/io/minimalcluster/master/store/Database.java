package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException.Conflict;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;

/** The database of a {@link Store}: opens connections and describes the dialect. */
public interface Database extends AutoCloseable {
    /** Opens a connection for the writer thread, also to replace a broken one. */
    Connection connectToWrite();

    /** Opens a connection for a reader thread, also to replace a broken one. */
    Connection connectToRead();

    /** Data source of {@link SchemaMigration}, which runs before the first connection is opened. */
    DataSource toMigrate();

    Dialect dialect();

    /** Creates the commit hooks of a connection of the writer. */
    CommitHooks commitHooksOf(Connection writer);

    /** Size of the write-ahead log in bytes; 0 if the database server manages it. */
    long logBytes();

    /**
     * Writes a consistent snapshot into a new file, while writes continue.
     *
     * @throws Conflict if the database has its own backup tools
     */
    void copyInto(Path file);

    /** Releases the lock on the database, after all connections are closed. */
    @Override
    void close();
}
