package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException.Conflict;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;

/** The database under a {@link Store}: where its connections come from, and how they are spoken to. */
public interface Database extends AutoCloseable {
    /** A new connection for the one thread that writes; asked for again when the last one broke. */
    Connection connectToWrite();

    /** A new connection for a thread that reads; asked for again when the last one broke. */
    Connection connectToRead();

    /** Where {@link SchemaMigration} brings the tables up to date, before the first of the connections. */
    DataSource toMigrate();

    Dialect dialect();

    /** What is to be done around the commits of a connection to write. */
    CommitHooks commitHooksOf(Connection writer);

    /** How long its log is; 0 where it looks after that itself. */
    long logBytes();

    /**
     * Writes a copy of one moment into a file that is not there yet, while others write.
     *
     * @throws Conflict if it is one that has tools of its own for that
     */
    void copyInto(Path file);

    /** Ends the hold on it, after all connections were closed. */
    @Override
    void close();
}
