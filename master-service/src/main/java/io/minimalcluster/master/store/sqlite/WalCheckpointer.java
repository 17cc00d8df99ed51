package io.minimalcluster.master.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints and truncates the write-ahead log. SQLite restarts the WAL only when no reader uses it, which may never
 * happen under load. Above a size the writer therefore waits briefly for current readers.
 */
final class WalCheckpointer {
    private static final Logger log = LoggerFactory.getLogger(WalCheckpointer.class);

    /** Maximum size of the WAL of an idle store. */
    private static final long SMALL = 4 * 1024 * 1024;

    /** Timeout for readers. Those of the master take milliseconds, but another process may read for any time. */
    private static final int READER_TIMEOUT_MILLIS = 250;

    /** After a failed attempt, the WAL may grow by this fraction of the limit before the next one. */
    private static final int STEPS = 4;

    private final Path wal;
    private final long limit;
    private final Connection writer;
    private final int defaultBusyMillis;
    private long nextAttempt;
    private boolean isWarned;

    /** @param defaultBusyMillis busy timeout of the connection outside of checkpoints */
    WalCheckpointer(Path wal, long limit, Connection writer, int defaultBusyMillis) {
        this.wal = wal;
        this.limit = limit;
        this.writer = writer;
        this.defaultBusyMillis = defaultBusyMillis;
        this.nextAttempt = limit;
    }

    /** Called after each commit. */
    void afterCommit() {
        long bytes = bytes();
        if (bytes >= nextAttempt) {
            shrink(bytes);
        }
    }

    /** Called when the store is idle, or when disk space is low. */
    void shrinkToFit() {
        if (bytes() > SMALL) {
            shrink(bytes());
        }
    }

    /** Truncates the WAL at once; false if readers prevent it. */
    boolean shrinkNow() {
        return bytes() > 0 && shrink(bytes());
    }

    private long bytes() {
        return wal.toFile().length();
    }

    private boolean shrink(long bytes) {
        try {
            boolean done = checkpoint();
            nextAttempt = done ? limit : bytes + limit / STEPS;
            warnIfBlocked(!done && bytes > STEPS * limit, bytes);
            return done;
        } catch (SQLException e) { // harmless, the WAL grows: on a full disk the next attempt may succeed
            nextAttempt = bytes + limit / STEPS;
            log.warn("event=store.checkpoint-failed bytes={} reason=\"{}\"", bytes, e.getMessage());
            return false;
        }
    }

    private void warnIfBlocked(boolean isTooLong, long bytes) {
        if (isTooLong && !isWarned) {
            log.warn("event=store.checkpoint-blocked bytes={} by=readers", bytes);
        }
        isWarned = isTooLong;
    }

    /** Truncates the WAL; false if a reader still uses it. */
    private boolean checkpoint() throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("pragma busy_timeout = " + READER_TIMEOUT_MILLIS);
            try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
                return row.next() && row.getInt(1) == 0;
            } finally {
                statement.execute("pragma busy_timeout = " + defaultBusyMillis);
            }
        }
    }
}
