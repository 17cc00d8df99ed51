package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Begins and ends transactions on one connection. SQLite needs explicit statements, because its driver begins
 * transactions too late; PostgreSQL uses the driver.
 */
final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final Dialect dialect;
    private boolean mayBeOpen; // a rollback failed

    Transaction(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Begins a transaction with a consistent snapshot. */
    void beginToRead() {
        begin(dialect.beginToRead());
    }

    /** Begins a transaction with the write lock, so that no later statement has to wait for it. */
    void beginToWrite() {
        begin(dialect.beginToWrite());
    }

    private void begin(String command) {
        if (mayBeOpen) {
            rollback();
        }
        if (!dialect.isBegunByDriver()) {
            execute(command);
        }
        mayBeOpen = false;
    }

    void commit() {
        if (dialect.isBegunByDriver()) {
            call("commit", connection::commit);
        } else {
            execute("commit");
        }
    }

    /**
     * Throws if a statement failed and its unit of work ignored that. PostgreSQL would silently roll back at the
     * commit.
     */
    void checkNotAborted() {
        if (dialect.isBegunByDriver()) {
            execute("select 1");
        }
    }

    /** Rolls back; ignores that the database may already have done so. */
    void rollback() {
        try {
            if (dialect.isBegunByDriver()) {
                call("rollback", connection::rollback);
            } else {
                execute("rollback");
            }
        } catch (DataAccessException e) {
            // SQLite rolls back by itself after some errors, such as a full disk, and then reports no transaction.
            // After a broken connection the database rolls back too.
            mayBeOpen = true;
        }
    }

    void savepoint() {
        execute("savepoint work");
    }

    void releaseSavepoint() {
        execute("release savepoint work");
    }

    void rollbackToSavepoint() {
        execute("rollback to savepoint work");
        releaseSavepoint();
    }

    private void execute(String command) {
        call(command, () -> {
            try (PreparedStatement statement = connection.prepareStatement(command)) {
                statement.execute();
            }
        });
    }

    private static void call(String command, JdbcCall jdbcCall) {
        try {
            jdbcCall.run();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(command + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        call("close", connection::close);
    }

    private interface JdbcCall {
        void run() throws SQLException;
    }
}
