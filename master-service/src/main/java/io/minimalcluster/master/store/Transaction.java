package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Begins and ends transactions on one connection in so many words, as the driver's own mode begins them too late. */
final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final Dialect dialect;

    Transaction(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Sees one state from here on. */
    void beginToRead() {
        say(dialect.beginToRead());
    }

    /** Takes the write lock at once, so that no later statement can find it taken. */
    void beginToWrite() {
        say(dialect.beginToWrite());
    }

    void commit() {
        say("commit");
    }

    /** Undoes everything; calm where the database has done so itself. */
    void rollback() {
        try {
            say("rollback");
        } catch (DataAccessException e) {
            // SQLite rolls back by itself on some errors (a full disk, for one), and then knows of no transaction
        }
    }

    void savepoint() {
        say("savepoint work");
    }

    void keep() {
        say("release work");
    }

    void undo() {
        say("rollback to work");
        say("release work");
    }

    private void say(String command) {
        try (PreparedStatement statement = connection.prepareStatement(command)) {
            statement.execute();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(command + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("close: " + e.getMessage(), e);
        }
    }
}
