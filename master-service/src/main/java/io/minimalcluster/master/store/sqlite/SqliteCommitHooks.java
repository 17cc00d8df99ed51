package io.minimalcluster.master.store.sqlite;

import io.minimalcluster.master.store.CommitHooks;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.StoreFailedEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Commit hooks of SQLite: count commits, checkpoint the WAL, free disk space and report permanent failures. */
final class SqliteCommitHooks implements CommitHooks {
    private static final Logger log = LoggerFactory.getLogger(SqliteCommitHooks.class);
    private static final long FAILURE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PRIMARY_CODE = 0xff;

    private final CommitCounter count;
    private final CommitMark mark;
    private final WalCheckpointer wal;
    private final DiskSpaceGuard diskSpace;
    private final Consumer<StoreFailedEvent> onFailure;

    private long commitNumber;
    private long changedRows = -1; // the first commit on a connection writes
    private boolean isChanged;
    private long checkedAt = System.nanoTime() - CHECK_NANOS;
    private long failingSince;
    private boolean isFailing;
    private boolean isReported;

    SqliteCommitHooks(
            CommitCounter count,
            CommitMark mark,
            WalCheckpointer wal,
            DiskSpaceGuard diskSpace,
            Consumer<StoreFailedEvent> onFailure) {
        this.count = count;
        this.mark = mark;
        this.wal = wal;
        this.diskSpace = diskSpace;
        this.onFailure = onFailure;
    }

    @Override
    public boolean beforeCommit() {
        isChanged = isFailing || count.changedRows() != changedRows;
        if (isChanged) {
            commitNumber = count.next();
            changedRows = count.changedRows();
        }
        return isChanged;
    }

    @Override
    public void committed() {
        if (!isChanged) {
            return; // nothing was written, so the number is that of an earlier commit
        }
        isFailing = false;
        try {
            mark.put(commitNumber);
        } catch (UncheckedIOException e) { // the commit is durable, only a later loss would not be detected
            log.warn("event=store.commit-not-marked number={} reason=\"{}\"", commitNumber, e.toString());
        }
    }

    @Override
    public void afterCallersNotified() {
        if (diskSpace.isReserveUsed()) {
            wal.shrinkToFit();
        } else {
            wal.afterCommit();
        }
        long now = System.nanoTime();
        if (now - checkedAt > CHECK_NANOS) {
            checkedAt = now;
            diskSpace.reusable(count.freeBytes());
        }
    }

    @Override
    public void idle() {
        wal.shrinkToFit();
    }

    @Override
    public boolean isDatabaseFailure(Throwable failure) {
        return codeOf(failure)
                .map(SqliteCommitHooks::primary)
                .filter(code -> code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_IOERR)
                .isPresent();
    }

    /** Frees disk space if the disk is full. Other errors are reported if they persist. */
    @Override
    public boolean failed(Throwable cause) {
        Optional<SQLiteErrorCode> code = codeOf(cause);
        if (code.isEmpty()) {
            return false;
        }
        return switch (primary(code.get())) {
            case SQLITE_FULL -> makeRoom();
            case SQLITE_IOERR -> (diskSpace.isReserveNeeded() && makeRoom()) || reportIfPersistent(code.get());
            case SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN -> reportIfPersistent(code.get());
            default -> false;
        };
    }

    private boolean makeRoom() {
        return diskSpace.makeRoom() || wal.shrinkNow();
    }

    /**
     * Publishes a {@link StoreFailedEvent} if all commits have failed for seconds. Returns false: a retry is useless.
     */
    private boolean reportIfPersistent(SQLiteErrorCode code) {
        long now = System.nanoTime();
        if (!isFailing) {
            isFailing = true;
            failingSince = now;
        } else if (!isReported && now - failingSince > FAILURE_NANOS) {
            isReported = true;
            onFailure.accept(new StoreFailedEvent("the store can't be written: " + code));
        }
        return false;
    }

    private static Optional<SQLiteErrorCode> codeOf(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLiteException known) {
                return Optional.of(known.getResultCode());
            }
        }
        return Optional.empty();
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE);
    }

    @Override
    public void close() {
        mark.close();
    }
}
