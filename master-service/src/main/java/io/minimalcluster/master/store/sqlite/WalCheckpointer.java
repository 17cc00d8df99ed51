package io.minimalcluster.master.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log short. SQLite begins it anew only at a moment when nobody reads from it, which may never come by
 * itself; so from a bound on the writer waits, for a moment, until those who read now are done.
 */
final class WalCheckpointer {
    private static final Logger log = LoggerFactory.getLogger(WalCheckpointer.class);

    /** What an idle store may keep. */
    private static final long SMALL = 4 * 1024 * 1024;

    /** How long readers are waited for: they take milliseconds, but a stranger may take any time. */
    private static final int PATIENCE_MILLIS = 250;

    /** By so much of the bound it grows from one attempt to the next. */
    private static final int STEPS = 4;

    private final Path wal;
    private final long bound;
    private final Connection writer;
    private final int usualMillis;
    private long nextAttempt;
    private boolean isComplaining;

    /** @param usualMillis how long the writer waits for locks otherwise */
    WalCheckpointer(Path wal, long bound, Connection writer, int usualMillis) {
        this.wal = wal;
        this.bound = bound;
        this.writer = writer;
        this.usualMillis = usualMillis;
        this.nextAttempt = bound;
    }

    /** After each commit. */
    void afterCommit() {
        long bytes = bytes();
        if (bytes >= nextAttempt) {
            shrink(bytes);
        }
    }

    /** When nothing has been written for a while, or the room is wanted. */
    void shrinkToFit() {
        if (bytes() > SMALL) {
            shrink(bytes());
        }
    }

    /** Empties it at once; false if that can't be. */
    boolean shrinkNow() {
        return bytes() > 0 && shrink(bytes());
    }

    private long bytes() {
        return wal.toFile().length();
    }

    private boolean shrink(long bytes) {
        try {
            boolean done = checkpoint();
            nextAttempt = done ? bound : bytes + bound / STEPS;
            complain(!done && bytes > STEPS * bound, bytes);
            return done;
        } catch (SQLException e) { // the log grows, and nothing is lost: on a full disk the next attempt may do
            nextAttempt = bytes + bound / STEPS;
            log.warn("event=store.checkpoint-failed bytes={} reason=\"{}\"", bytes, e.getMessage());
            return false;
        }
    }

    private void complain(boolean isTooLong, long bytes) {
        if (isTooLong && !isComplaining) {
            log.warn("event=store.checkpoint-blocked bytes={} by=readers", bytes);
        }
        isComplaining = isTooLong;
    }

    /** False if somebody still reads from it. */
    private boolean checkpoint() throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("pragma busy_timeout = " + PATIENCE_MILLIS);
            try (ResultSet row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
                return row.next() && row.getInt(1) == 0;
            } finally {
                statement.execute("pragma busy_timeout = " + usualMillis);
            }
        }
    }
}
