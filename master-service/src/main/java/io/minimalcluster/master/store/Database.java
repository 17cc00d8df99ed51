package io.minimalcluster.master.store;

import java.sql.Connection;
import javax.sql.DataSource;

/** The database under a {@link Store}: where its connections come from, and how they are spoken to. */
interface Database extends AutoCloseable {
    /** A new connection for the one thread that writes; asked for again when the last one broke. */
    Connection connectToWrite();

    /** A new connection for a thread that reads; asked for again when the last one broke. */
    Connection connectToRead();

    /** Where {@link Schema} brings the tables up to date, before the first of the connections. */
    DataSource toMigrate();

    Dialect dialect();

    /** Ends the hold on it, after all connections were closed. */
    @Override
    void close();
}
