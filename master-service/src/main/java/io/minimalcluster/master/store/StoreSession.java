package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A connection with its transaction, JDBC client and commit hooks. Used by one thread at a time. */
final class StoreSession implements AutoCloseable {
    private static final int VALIDATION_SECONDS = 5;

    private final Connection connection;
    private final Transaction transaction;
    private final JdbcClient sql;
    private final CommitHooks commitHooks;

    private StoreSession(Connection connection, Dialect dialect, CommitHooks commitHooks) {
        this.connection = connection;
        this.transaction = new Transaction(connection, dialect);
        this.sql = JdbcClient.create(new SingleConnectionDataSource(connection, false));
        this.commitHooks = commitHooks;
    }

    static StoreSession toWrite(Database database) {
        Connection connection = database.connectToWrite();
        return new StoreSession(connection, database.dialect(), database.commitHooksOf(connection));
    }

    static StoreSession toRead(Database database) {
        return new StoreSession(database.connectToRead(), database.dialect(), CommitHooks.NONE);
    }

    Transaction transaction() {
        return transaction;
    }

    JdbcClient sql() {
        return sql;
    }

    CommitHooks commitHooks() {
        return commitHooks;
    }

    /** Whether the connection is broken. Queries the database, so it must run outside of a transaction. */
    boolean isBroken() {
        try {
            return connection.isClosed() || !connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            return true;
        } finally {
            transaction.rollback(); // isValid may have begun a transaction
        }
    }

    /** Closes the connection; ignores failures of a broken one. */
    @Override
    public void close() {
        commitHooks.close();
        try {
            transaction.close();
        } catch (DataAccessException e) {
            // the connection was broken
        }
    }
}
