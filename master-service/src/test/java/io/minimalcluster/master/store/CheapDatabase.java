package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The real database without the waits for the disk: for tests that end no process and ask for speed. */
final class CheapDatabase implements Database {
    private final Database real;

    CheapDatabase(Database real) {
        this.real = real;
    }

    @Override
    public Connection connectToWrite() {
        return unsynchronized(real.connectToWrite());
    }

    @Override
    public Connection connectToRead() {
        return unsynchronized(real.connectToRead());
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

    @Override
    public void close() {
        real.close();
    }
}
