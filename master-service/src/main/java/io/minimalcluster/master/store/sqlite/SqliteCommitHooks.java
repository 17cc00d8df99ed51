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

/** Looks after the embedded store: counts its commits, keeps its log short, makes room, and tells when it is broken. */
final class SqliteCommitHooks implements CommitHooks {
    private static final Logger log = LoggerFactory.getLogger(SqliteCommitHooks.class);
    private static final long BROKEN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PRIMARY_CODE = 0xff;

    private final CommitCounter count;
    private final CommitMark mark;
    private final WalCheckpointer wal;
    private final DiskSpaceGuard diskSpace;
    private final Consumer<StoreFailedEvent> broken;

    private long number;
    private long lookedAt = System.nanoTime() - LOOK_NANOS;
    private long failingSince;
    private boolean isFailing;
    private boolean isBroken;

    SqliteCommitHooks(
            CommitCounter count,
            CommitMark mark,
            WalCheckpointer wal,
            DiskSpaceGuard diskSpace,
            Consumer<StoreFailedEvent> broken) {
        this.count = count;
        this.mark = mark;
        this.wal = wal;
        this.diskSpace = diskSpace;
        this.broken = broken;
    }

    @Override
    public void beforeCommit() {
        number = count.next();
    }

    @Override
    public void committed() {
        isFailing = false;
        try {
            mark.put(number);
        } catch (UncheckedIOException e) { // what was committed is safe; a loss of it would not be noticed
            log.warn("event=store.commit-not-marked number={} reason=\"{}\"", number, e.toString());
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
        if (now - lookedAt > LOOK_NANOS) {
            lookedAt = now;
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

    /** On a full disk there is the reserve; what goes wrong otherwise, and again and again, is not ours to mend. */
    @Override
    public boolean failed(Throwable cause) {
        Optional<SQLiteErrorCode> code = codeOf(cause);
        if (code.isEmpty()) {
            return false;
        }
        return switch (primary(code.get())) {
            case SQLITE_FULL -> makeRoom();
            case SQLITE_IOERR -> (diskSpace.isReserveNeeded() && makeRoom()) || isBroken(code.get());
            case SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN -> isBroken(code.get());
            default -> false;
        };
    }

    private boolean makeRoom() {
        return diskSpace.makeRoom() || wal.shrinkNow();
    }

    /** Tells of it when nothing else has happened for seconds; false, as another attempt is of no use. */
    private boolean isBroken(SQLiteErrorCode code) {
        long now = System.nanoTime();
        if (!isFailing) {
            isFailing = true;
            failingSince = now;
        } else if (!isBroken && now - failingSince > BROKEN_NANOS) {
            isBroken = true;
            broken.accept(new StoreFailedEvent("the store can't be written: " + code));
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
