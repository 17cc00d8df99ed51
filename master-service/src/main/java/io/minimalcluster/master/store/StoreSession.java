package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A connection, used by one thread at a time, and what works need of it. */
final class StoreSession implements AutoCloseable {
    private static final int LOOK_SECONDS = 5;

    private final Connection connection;
    private final Transaction transaction;
    private final JdbcClient sql;
    private final CommitHooks commitHooks;

    private StoreSession(Connection connection, Dialect dialect, CommitHooks commitHooks) {
        this.connection = connection;
        this.transaction = new Transaction(connection, dialect);
        this.sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
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

    /** What is to be done around its commits. */
    CommitHooks care() {
        return commitHooks;
    }

    /** Whether it is good for nothing any more; asks the database, so outside of a transaction. */
    boolean isBroken() {
        try {
            return connection.isClosed() || !connection.isValid(LOOK_SECONDS);
        } catch (SQLException e) {
            return true;
        } finally {
            transaction.rollback(); // the driver may have begun one to ask
        }
    }

    /** Calm where there is nothing to close any more. */
    @Override
    public void close() {
        commitHooks.close();
        try {
            transaction.close();
        } catch (DataAccessException e) {
            // it had broken
        }
    }
}
