package io.minimalcluster.master.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.minimalcluster.master.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/** The one file of the embedded store, held against a second master for as long as this one runs. */
final class SqliteFile implements Database {
    private static final int PAGE_BYTES = 8192;
    private static final int CACHE_KIB = 16 * 1024;
    private static final int BUSY_MILLIS = 10_000;
    private static final int CHECKPOINT_PAGES = 4_000;

    private final String url;
    private final FileChannel lock;

    private SqliteFile(Path folder, FileChannel lock) {
        this.url = "jdbc:sqlite:" + folder.resolve("minimalcluster.db");
        this.lock = lock;
    }

    /**
     * Takes the store in the folder, which is made if it is not there.
     *
     * @throws StartRefused if another master has it
     */
    static SqliteFile in(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(folder.resolve("minimalcluster.lock"), CREATE, WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StartRefused("another master runs on the store in " + folder);
            }
            return new SqliteFile(folder, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " can't be used", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public DataSource toMigrate() {
        return new DriverManagerDataSource(url);
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
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        try {
            return PreparedOnce.on(config.createConnection(url));
        } catch (SQLException e) {
            throw new IllegalStateException("the store can't be opened: " + e.getMessage(), e);
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
