package io.minimalcluster.master.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.worker.settings.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constant writes, and readers that overlap at every moment, so that SQLite by itself never begins its log anew. */
class WalCheckpointerTest {
    private static final long BOUND = 8 * 1024 * 1024;
    private static final int BLOCK = 256 * 1024;
    private static final int BLOCKS = 400;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final AtomicLong longest = new AtomicLong();

    @Test
    void theLogStaysBelowItsBoundAndShrinksWhenNothingComes() throws InterruptedException {
        SqliteSettings settings = new SqliteSettings(Duration.ZERO, 0, new ByteSize(BOUND));
        try (Store store = TestStore.in(folder, settings)) {
            store.writeAndWait(sql -> sql.sql("create table block (id integer primary key, data blob)")
                    .update());
            AtomicBoolean isOver = new AtomicBoolean();
            Thread[] readers = new Thread[4];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = Thread.startVirtualThread(() -> readUntil(isOver, store));
            }
            for (int i = 0; i < BLOCKS; i++) {
                store.writeAndWait(sql -> sql.sql("insert into block (data) values (randomblob(:bytes))")
                        .param("bytes", BLOCK)
                        .update());
                longest.accumulateAndGet(store.logBytes(), Math::max);
            }
            isOver.set(true);
            for (Thread reader : readers) {
                reader.join();
            }

            assertThat(longest.get()).as("the longest log").isBetween(BOUND / 2, 3 * BOUND);
            awaitShorter(store, BOUND / 2);
        }
    }

    private static void readUntil(AtomicBoolean isOver, Store store) {
        while (!isOver.get()) {
            store.read(sql -> {
                long count =
                        sql.sql("select count(*) from block").query(Long.class).single();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // a reader that takes its time
                return count;
            });
        }
    }

    private static void awaitShorter(Store store, long bytes) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (store.logBytes() >= bytes) {
            assertThat(System.nanoTime())
                    .as("the log is still %s long", store.logBytes())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
