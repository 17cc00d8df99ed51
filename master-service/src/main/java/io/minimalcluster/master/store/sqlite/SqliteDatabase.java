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

/** The embedded SQLite database. A file lock keeps a second master out. */
public final class SqliteDatabase implements Database {
    private static final int CACHE_KIB = 16 * 1024;
    private static final int BUSY_MILLIS = 10_000;

    /** Size of the WAL, in pages of 4 KiB, from which on a commit includes a checkpoint. */
    private static final int CHECKPOINT_PAGES = 4_000;

    private static final Duration COPY_TIMEOUT = Duration.ofHours(6);
    private static final Executor COPIER =
            task -> Thread.ofPlatform().name("store-copier").daemon().start(task);

    /** Size to which the WAL is truncated when it restarts. The next commits then need no new disk space. */
    private static final int LOG_LIMIT_BYTES = 16 * 1024 * 1024;

    private final Path file;
    private final Path wal;
    private final Path mark;
    private final FileChannel lock;
    private final SqliteSettings settings;
    private final DiskSpaceGuard diskSpace;
    private final Consumer<StoreFailedEvent> onFailure;

    private SqliteDatabase(
            Path folder,
            FileChannel lock,
            SqliteSettings settings,
            DiskSpaceGuard diskSpace,
            Consumer<StoreFailedEvent> onFailure) {
        this.file = folder.resolve("minimalcluster.db");
        this.wal = folder.resolve("minimalcluster.db-wal");
        this.mark = folder.resolve("minimalcluster.mark");
        this.lock = lock;
        this.settings = settings;
        this.diskSpace = diskSpace;
        this.onFailure = onFailure;
    }

    /**
     * Locks and checks the store in a folder. Creates the folder if absent.
     *
     * @param onFailure receives an event when the store is permanently not writable
     * @throws StartupException if another master holds the lock, or if commits are missing or data is corrupt
     */
    public static SqliteDatabase in(
            Path folder, SqliteSettings settings, DiskSpaceGuard diskSpace, Consumer<StoreFailedEvent> onFailure) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve("minimalcluster.lock"), CREATE, WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StartupException("another master runs on the store in " + folder
                        + ": stop it, or give this one its own folder with --minimalcluster.data=FOLDER");
            }
            NativeLibraryFolder.use(folder);
            SqliteDatabase database = new SqliteDatabase(folder, channel, settings, diskSpace, onFailure);
            database.check();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " can't be used", e);
        }
    }

    /** Creates the file of a first start from the database that the build has migrated, if the jar has that. */
    public SqliteDatabase createFile() {
        try {
            PreparedDatabase.createAt(file);
            return this;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the store " + file + " can't be created", e);
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
        CommitMark commitMark = CommitMark.open(mark);
        commitMark.put(count.now());
        return new SqliteCommitHooks(
                count,
                commitMark,
                new WalCheckpointer(wal, settings.walBytes().bytes(), writer, BUSY_MILLIS),
                diskSpace,
                onFailure);
    }

    @Override
    public long logBytes() {
        return wal.toFile().length();
    }

    /** Uses its own connection and platform thread: the driver would pin the carrier of a virtual thread. */
    @Override
    public void copyInto(Path target) {
        diskSpace.check(file.toFile().length() + logBytes());
        Store.await(CompletableFuture.runAsync(() -> copy(target), COPIER), COPY_TIMEOUT);
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
