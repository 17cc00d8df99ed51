package io.minimalcluster.master.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A connection, used by one thread at a time, and what works need of it. */
final class Session implements AutoCloseable {
    private static final int LOOK_SECONDS = 5;

    private final Connection connection;
    private final Transaction transaction;
    private final JdbcClient sql;
    private final CommitCare care;

    private Session(Connection connection, Dialect dialect, CommitCare care) {
        this.connection = connection;
        this.transaction = new Transaction(connection, dialect);
        this.sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.care = care;
    }

    static Session toWrite(Database database) {
        Connection connection = database.connectToWrite();
        return new Session(connection, database.dialect(), database.careOf(connection));
    }

    static Session toRead(Database database) {
        return new Session(database.connectToRead(), database.dialect(), CommitCare.NONE);
    }

    Transaction transaction() {
        return transaction;
    }

    JdbcClient sql() {
        return sql;
    }

    /** What is to be done around its commits. */
    CommitCare care() {
        return care;
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
        care.close();
        try {
            transaction.close();
        } catch (DataAccessException e) {
            // it had broken
        }
    }
}
