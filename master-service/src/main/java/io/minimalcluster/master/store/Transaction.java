package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Begins and ends transactions on one connection: in so many words where the driver's own mode begins them too late,
 * and through the driver where it does it well.
 */
final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final Dialect dialect;
    private boolean mayBeOpen; // a rollback failed: what it was to undo may be there still

    Transaction(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Sees one state from here on. */
    void beginToRead() {
        begin(dialect.beginToRead());
    }

    /** Takes the write lock at once, so that no later statement can find it taken. */
    void beginToWrite() {
        begin(dialect.beginToWrite());
    }

    private void begin(String command) {
        if (mayBeOpen) {
            rollback();
        }
        if (!dialect.isBegunByDriver()) {
            say(command);
        }
        mayBeOpen = false;
    }

    void commit() {
        if (dialect.isBegunByDriver()) {
            tell("commit", connection::commit);
        } else {
            say("commit");
        }
    }

    /**
     * Fails where a statement has failed before, and its work went on: the database would roll back, and not say so.
     */
    void checkUnharmed() {
        if (dialect.isBegunByDriver()) {
            say("select 1");
        }
    }

    /** Undoes everything; calm where the database has done so itself. */
    void rollback() {
        try {
            if (dialect.isBegunByDriver()) {
                tell("rollback", connection::rollback);
            } else {
                say("rollback");
            }
        } catch (DataAccessException e) {
            // SQLite rolls back by itself on some errors (a full disk, for one), and then knows of no transaction;
            // where the connection broke, the database rolls back too
            mayBeOpen = true;
        }
    }

    void savepoint() {
        say("savepoint work");
    }

    void keep() {
        say("release savepoint work");
    }

    void undo() {
        say("rollback to savepoint work");
        keep();
    }

    private void say(String command) {
        tell(command, () -> {
            try (PreparedStatement statement = connection.prepareStatement(command)) {
                statement.execute();
            }
        });
    }

    private static void tell(String command, Told told) {
        try {
            told.run();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(command + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        tell("close", connection::close);
    }

    private interface Told {
        void run() throws SQLException;
    }
}
