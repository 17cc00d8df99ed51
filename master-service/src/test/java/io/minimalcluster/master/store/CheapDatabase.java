package io.minimalcluster.master.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The real database without the waits for the disk, for tests that end no process and ask for speed; and with trouble,
 * if there is to be some.
 */
final class CheapDatabase implements Database {
    private final Database real;
    private final Trouble trouble;

    CheapDatabase(Database real, Trouble trouble) {
        this.real = real;
        this.trouble = trouble;
    }

    @Override
    public Connection connectToWrite() {
        return trouble.on(unsynchronized(real.connectToWrite()));
    }

    @Override
    public Connection connectToRead() {
        return trouble.on(unsynchronized(real.connectToRead()));
    }

    private static Connection unsynchronized(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = off");
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public DataSource toMigrate() {
        return real.toMigrate();
    }

    @Override
    public Dialect dialect() {
        return real.dialect();
    }

    /** None: what counts commits takes statements of its own, and tests here count statements. */
    @Override
    public CommitCare careOf(Connection writer) {
        return CommitCare.NONE;
    }

    @Override
    public long logBytes() {
        return real.logBytes();
    }

    @Override
    public void copyInto(Path file) {
        real.copyInto(file);
    }

    @Override
    public void close() {
        real.close();
    }
}
