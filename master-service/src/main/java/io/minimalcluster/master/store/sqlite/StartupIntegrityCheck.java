package io.minimalcluster.master.store.sqlite;

import io.minimalcluster.master.StartupException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Checks at startup that the store has all acknowledged commits and no corrupt table. Opens the file read-only, so that
 * a rejected store and its WAL stay unchanged.
 */
final class StartupIntegrityCheck {
    private static final Logger log = LoggerFactory.getLogger(StartupIntegrityCheck.class);
    private static final String RESTORE = ". docs/operations.md says how to restore a backup";

    private final Path file;
    private final Path wal;
    private final SqliteSettings settings;

    StartupIntegrityCheck(Path file, Path wal, SqliteSettings settings) {
        this.file = file;
        this.wal = wal;
        this.settings = settings;
    }

    /**
     * Checks the store.
     *
     * @param acknowledged number of the last acknowledged commit
     * @throws StartupException if commits are missing or a table is damaged
     */
    void check(long acknowledged) {
        if (file.toFile().length() == 0) {
            checkMissingFile(acknowledged);
            return;
        }
        try (Connection connection = open()) {
            checkCommits(acknowledged, commits(connection));
            checkTables(connection);
        } catch (SQLException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    /** Handles a missing file. SQLite would create an empty one and delete the WAL, which may contain all data. */
    private void checkMissingFile(long acknowledged) {
        checkCommits(acknowledged, 0);
        if (acknowledged == 0 && wal.toFile().length() > 0) {
            throw damaged("there is a log, and no database with it");
        }
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private void checkCommits(long acknowledged, long present) {
        long lost = acknowledged - present;
        if (lost > 0 && lost != settings.acceptLostCommits()) {
            throw new StartupException("the store " + file + " lacks the last " + lost
                    + " commits that were acknowledged: its WAL was truncated or damaged, or an older file was put in place"
                    + RESTORE + "; to go on without them, start once with --minimalcluster.store.accept-lost-commits="
                    + lost);
        }
        if (lost > 0) {
            log.warn("event=store.commits-lost accepted=true count={} store={}", lost, file);
        }
    }

    /** Number of the last commit; 0 for a store from before the counter existed. */
    private static long commits(Connection connection) throws SQLException {
        boolean counts = !names(connection, "select name from sqlite_schema where name = 'commit_mark'")
                .isEmpty();
        if (!counts) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select number from commit_mark")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static List<String> names(Connection connection, String select) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** Checks table by table within the time limit. The large tables, with the blocks of jobs, come last. */
    private void checkTables(Connection connection) throws SQLException {
        long deadline = System.nanoTime() + settings.checkTimeout().toNanos();
        List<String> tables = names(
                connection,
                "select name from sqlite_schema where type = 'table'"
                        + " order by name like '%segment' or name like '%chunk'");
        int checked = 0;
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            while (checked < tables.size() && isIntact(connection, tables.get(checked), deadline, timer)) {
                checked++;
            }
        } finally {
            timer.shutdownNow();
        }
        if (checked < tables.size()) {
            log.warn(
                    "event=store.check-incomplete tables={} of={} limit=minimalcluster.store.check-timeout",
                    checked,
                    tables.size());
        }
    }

    /** Whether the table is intact; false if the time limit ended the check. */
    private boolean isIntact(Connection connection, String table, long deadline, ScheduledExecutorService timer)
            throws SQLException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            var end = timer.schedule(() -> cancel(statement), nanos, TimeUnit.NANOSECONDS);
            try (ResultSet row = statement.executeQuery("pragma quick_check('" + table + "')")) {
                String first = row.next() ? row.getString(1) : "no answer";
                if (!first.equals("ok")) {
                    throw damaged(
                            first.lines().limit(2).reduce((_, last) -> last).orElse(first));
                }
                return true;
            } finally {
                end.cancel(false);
            }
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
                return false;
            }
            throw e;
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) { // the statement has already ended
            log.debug("event=store.check-not-cancelled", e);
        }
    }

    private StartupException damaged(String how) {
        return new StartupException("the store " + file + " is damaged: " + how + RESTORE);
    }
}
