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
 * Looks at the file of the store before anything is done to it: whether it has all that was acknowledged, and whether
 * it is sound. It opens the file to read only, so that what is refused stays as it was found, log and all.
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
     * Checks it.
     *
     * @param acknowledged the number of the last commit that somebody was told of
     * @throws StartupException if something is missing or damaged
     */
    void check(long acknowledged) {
        if (file.toFile().length() == 0) {
            checkNothing(acknowledged);
            return;
        }
        try (Connection connection = open()) {
            checkCommits(acknowledged, commits(connection));
            checkTables(connection);
        } catch (SQLException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
    }

    /** Without the file SQLite would begin anew, and throw the log away that may hold everything. */
    private void checkNothing(long acknowledged) {
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

    private void checkCommits(long acknowledged, long there) {
        long lost = acknowledged - there;
        if (lost > 0 && lost != settings.acceptLostCommits()) {
            throw new StartupException("the store " + file + " lacks the last " + lost
                    + " commits that were acknowledged: its log was cut or damaged, or an older file was put in its place"
                    + RESTORE + "; to go on without them, start once with --minimalcluster.store.accept-lost-commits="
                    + lost);
        }
        if (lost > 0) {
            log.warn("event=store.commits-lost accepted=true count={} store={}", lost, file);
        }
    }

    /** The number of the last commit; 0 for a store that did not count yet. */
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

    /** Table by table for as long as there is time; the large ones come last, as they hold the blocks of jobs. */
    private void checkTables(Connection connection) throws SQLException {
        long deadline = System.nanoTime() + settings.checkTime().toNanos();
        List<String> tables = names(
                connection,
                "select name from sqlite_schema where type = 'table' order by name like '%segment' or name like '%piece'");
        int checked = 0;
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            while (checked < tables.size() && isSound(connection, tables.get(checked), deadline, timer)) {
                checked++;
            }
        } finally {
            timer.shutdownNow();
        }
        if (checked < tables.size()) {
            log.warn(
                    "event=store.checked-in-part tables={} of={} limit=minimalcluster.store.check-time",
                    checked,
                    tables.size());
        }
    }

    /** False if the time was over before it could be told. */
    private boolean isSound(Connection connection, String table, long deadline, ScheduledExecutorService timer)
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
        } catch (SQLException e) { // it has ended by itself
            log.debug("event=store.check-not-cancelled", e);
        }
    }

    private StartupException damaged(String how) {
        return new StartupException("the store " + file + " is damaged: " + how + RESTORE);
    }
}
