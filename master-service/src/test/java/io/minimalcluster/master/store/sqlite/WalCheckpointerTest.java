package io.minimalcluster.master.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.model.support.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Size of the WAL under constant writes and overlapping readers, which prevent SQLite's own reset of the WAL. */
class WalCheckpointerTest {
    private static final long MAX_WAL_BYTES = 8 * 1024 * 1024;
    private static final int BLOCK_BYTES = 256 * 1024;
    private static final int BLOCKS = 400;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final AtomicLong maxBytes = new AtomicLong();

    @Test
    void walIsBoundedAndShrinksWithoutWrites() throws InterruptedException {
        SqliteSettings settings = new SqliteSettings(Duration.ZERO, 0, new ByteSize(MAX_WAL_BYTES));
        try (Store store = TestStore.in(folder, settings)) {
            store.writeAndWait(sql -> sql.sql("create table block (id integer primary key, data blob)")
                    .update());
            AtomicBoolean done = new AtomicBoolean();
            Thread[] readers = new Thread[4];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = Thread.startVirtualThread(() -> readUntil(done, store));
            }
            for (int i = 0; i < BLOCKS; i++) {
                store.writeAndWait(sql -> sql.sql("insert into block (data) values (randomblob(:bytes))")
                        .param("bytes", BLOCK_BYTES)
                        .update());
                maxBytes.accumulateAndGet(store.logBytes(), Math::max);
            }
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }

            assertThat(maxBytes.get()).as("the longest WAL").isBetween(MAX_WAL_BYTES / 2, 3 * MAX_WAL_BYTES);
            awaitWalBelow(store, MAX_WAL_BYTES / 2);
        }
    }

    private static void readUntil(AtomicBoolean done, Store store) {
        while (!done.get()) {
            store.read(sql -> {
                long count =
                        sql.sql("select count(*) from block").query(Long.class).single();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // slow reader
                return count;
            });
        }
    }

    private static void awaitWalBelow(Store store, long bytes) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (store.logBytes() >= bytes) {
            assertThat(System.nanoTime())
                    .as("the WAL still has %s bytes", store.logBytes())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
