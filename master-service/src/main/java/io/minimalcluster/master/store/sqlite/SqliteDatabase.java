package io.minimalcluster.master.store.sqlite;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.minimalcluster.master.StartupException;
import io.minimalcluster.master.store.CommitHooks;
import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.Dialect;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.StoreFailedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/** The one file of the embedded store, held against a second master for as long as this one runs. */
public final class SqliteDatabase implements Database {
    private static final int PAGE_BYTES = 8192;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int BUSY_MILLIS = 10_000;
    private static final int CHECKPOINT_PAGES = 4_000;
    private static final Duration LONGEST_COPY = Duration.ofHours(6);
    private static final Executor COPIER =
            task -> Thread.ofPlatform().name("store-copier").daemon().start(task);

    /** Each start of the log leaves so much of it, for the next commits to need no more of the disk. */
    private static final int LOG_LIMIT_BYTES = 16 * 1024 * 1024;

    private final Path file;
    private final Path wal;
    private final Path mark;
    private final FileChannel lock;
    private final SqliteSettings settings;
    private final DiskSpaceGuard diskSpace;
    private final Consumer<StoreFailedEvent> broken;

    private SqliteDatabase(
            Path folder,
            FileChannel lock,
            SqliteSettings settings,
            DiskSpaceGuard diskSpace,
            Consumer<StoreFailedEvent> broken) {
        this.file = folder.resolve("minimalcluster.db");
        this.wal = folder.resolve("minimalcluster.db-wal");
        this.mark = folder.resolve("minimalcluster.mark");
        this.lock = lock;
        this.settings = settings;
        this.diskSpace = diskSpace;
        this.broken = broken;
    }

    /**
     * Takes the store in the folder, which is made if it is not there, and checks it.
     *
     * @param broken told when it can't be written any more
     * @throws StartupException if another master has it, or if it is not as it was left
     */
    public static SqliteDatabase in(
            Path folder, SqliteSettings settings, DiskSpaceGuard diskSpace, Consumer<StoreFailedEvent> broken) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve("minimalcluster.lock"), CREATE, WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StartupException("another master runs on the store in " + folder
                        + ": stop it, or give this one a folder of its own with --minimalcluster.data=FOLDER");
            }
            SqliteDatabase taken = new SqliteDatabase(folder, channel, settings, diskSpace, broken);
            taken.check();
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " can't be used", e);
        }
    }

    private void check() {
        try {
            new StartupIntegrityCheck(file, wal, settings).check(CommitMark.read(mark));
        } catch (StartupException e) {
            close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private String url() {
        return "jdbc:sqlite:" + file;
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public DataSource toMigrate() {
        return new DriverManagerDataSource(url());
    }

    @Override
    public Connection connectToWrite() {
        return connect();
    }

    @Override
    public Connection connectToRead() {
        return connect();
    }

    private Connection connect() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTempStore(TempStore.MEMORY);
        config.setPageSize(PAGE_BYTES);
        config.setCacheSize(-CACHE_KIB);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(LOG_LIMIT_BYTES);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        try {
            return StatementCache.on(config.createConnection(url()));
        } catch (SQLException e) {
            throw new IllegalStateException("the store can't be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public CommitHooks commitHooksOf(Connection writer) {
        CommitCounter count = new CommitCounter(writer);
        CommitMark beside = CommitMark.open(mark);
        beside.put(count.now());
        return new SqliteCommitHooks(
                count,
                beside,
                new WalCheckpointer(wal, settings.walBytes().bytes(), writer, BUSY_MILLIS),
                diskSpace,
                broken);
    }

    @Override
    public long logBytes() {
        return wal.toFile().length();
    }

    /** Its connection is its own, and so is its thread: the driver would hold on to the carrier of a virtual one. */
    @Override
    public void copyInto(Path target) {
        diskSpace.check(file.toFile().length() + logBytes());
        Store.await(CompletableFuture.runAsync(() -> copy(target), COPIER), LONGEST_COPY);
    }

    private void copy(Path target) {
        try (Connection connection = connect();
                PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
            copy.setString(1, target.toString());
            copy.execute();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the store can't be copied: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
