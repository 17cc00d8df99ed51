package io.minimalcluster.master.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.dao.DataAccessResourceFailureException;
import org.sqlite.SQLiteConnection;

/** Counts commits in a table of the database, and reads the free space of the file. */
final class CommitCounter {
    private static final String TABLE = """
            create table if not exists commit_mark (id integer primary key check (id = 1), number integer not null)
            """;
    private static final String ROW = "insert or ignore into commit_mark (id, number) values (1, 0)";
    private static final String NOW = "select number from commit_mark";
    private static final String NEXT = "update commit_mark set number = number + 1 where id = 1 returning number";
    private static final String FREE_BYTES = """
            select freelist_count * page_size from pragma_freelist_count(), pragma_page_size()
            """;

    private final Connection writer;

    CommitCounter(Connection writer) {
        this.writer = writer;
        try (Statement statement = writer.createStatement()) {
            statement.execute(TABLE);
            statement.execute(ROW);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Number of the last commit. */
    long now() {
        return query(NOW);
    }

    /** Number of rows changed on this connection since it was opened. */
    long changedRows() {
        try {
            return writer.unwrap(SQLiteConnection.class).getDatabase().total_changes();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Increments the number, as part of the current transaction. */
    long next() {
        return query(NEXT);
    }

    /** Bytes of free pages in the file. */
    long freeBytes() {
        return query(FREE_BYTES);
    }

    private long query(String sql) {
        try (PreparedStatement statement = writer.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static DataAccessResourceFailureException failure(SQLException e) {
        return new DataAccessResourceFailureException("commits: " + e.getMessage(), e);
    }
}
