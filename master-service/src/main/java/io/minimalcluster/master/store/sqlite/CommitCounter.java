package io.minimalcluster.master.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.dao.DataAccessResourceFailureException;

/** The database counts its commits, each in itself, and tells what of it is free. */
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

    /** The number of the last one. */
    long now() {
        return ask(NOW);
    }

    /** Counts the one that is about to be. */
    long next() {
        return ask(NEXT);
    }

    /** What of the file was used once and is free for other things. */
    long freeBytes() {
        return ask(FREE_BYTES);
    }

    private long ask(String question) {
        try (PreparedStatement statement = writer.prepareStatement(question);
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
