package io.minimalcluster.master.store.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Contract tests that every database behind {@link Store} must pass. */
public abstract class StoreContract {
    private Store store;

    /** Opens the same database each time, with a table {@code note (id integer primary key, text text)}. */
    public abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    public static int add(JdbcClient sql, long id) {
        return sql.sql("insert into note (id, text) values (:id, 'x')")
                .param("id", id)
                .update();
    }

    public Store store() {
        return store;
    }

    public List<Long> notes() {
        return store.read(sql ->
                sql.sql("select id from note order by id").query(Long.class).list());
    }

    @Test
    void acknowledgedWritesSurviveReopening() {
        store.writeAndWait(sql -> add(sql, 1));
        store.close();
        store = open();
        assertThat(notes()).containsExactly(1L);
    }

    @Test
    void failedWorkIsRolledBackAloneAmongConcurrentWrites() {
        List<CompletableFuture<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long id = i;
            writes.add(store.write(sql -> {
                int added = add(sql, id);
                if (id % 3 == 0) {
                    throw new IllegalStateException("number " + id);
                }
                return added;
            }));
        }
        for (int i = 0; i < writes.size(); i++) {
            CompletableFuture<Integer> write = writes.get(i);
            if (i % 3 == 0) {
                assertThatThrownBy(() -> Store.await(write)).hasMessage("number " + i);
            } else {
                assertThat(Store.await(write)).isEqualTo(1);
            }
        }
        assertThat(notes())
                .containsExactlyElementsOf(LongStream.range(0, 200)
                        .filter(id -> id % 3 != 0)
                        .boxed()
                        .toList());
    }

    @Test
    void failedStatementAffectsNoOtherWork() {
        CompletableFuture<Integer> before = store.write(sql -> add(sql, 1));
        CompletableFuture<Integer> twice = store.write(sql -> add(sql, 2) + add(sql, 2));
        CompletableFuture<Integer> after = store.write(sql -> add(sql, 3));
        assertThat(Store.await(before)).isEqualTo(1);
        assertThatThrownBy(() -> Store.await(twice)).isInstanceOf(MasterException.Unavailable.class);
        assertThat(Store.await(after)).isEqualTo(1);
        assertThat(notes()).containsExactly(1L, 3L);
    }

    @Test
    void writesOfOneCallerRunInOrder() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<?>[] writes = IntStream.range(0, 1000)
                .mapToObj(id -> store.write(sql -> {
                    order.add(id);
                    return add(sql, id);
                }))
                .toArray(CompletableFuture<?>[]::new);
        Store.await(CompletableFuture.allOf(writes));
        assertThat(order).isSorted().hasSize(1000);
    }

    @Test
    void readSeesAcknowledgedWrites() {
        for (long id = 0; id < 50; id++) {
            long written = id;
            store.writeAndWait(sql -> add(sql, written));
            assertThat(notes()).hasSize(Math.toIntExact(id + 1));
        }
    }

    @Test
    void longReadSeesOneSnapshot() throws InterruptedException {
        CountDownLatch firstReadDone = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        Thread reader = Thread.startVirtualThread(() -> store.read(sql -> {
            seen.add(count(sql));
            firstReadDone.countDown();
            awaitQuietly(written);
            return seen.add(count(sql));
        }));
        assertThat(firstReadDone.await(10, TimeUnit.SECONDS)).isTrue();
        store.writeAndWait(sql -> add(sql, 1));
        written.countDown();
        reader.join();
        assertThat(seen).containsExactly(0, 0);
    }

    @Test
    void workQueuedDuringAnotherJoinsItsCommit() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        long commits = store.statistics().commits();
        CompletableFuture<Integer> first = store.write(sql -> {
            started.countDown();
            awaitQuietly(queued);
            return add(sql, 1);
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Integer> second = store.write(sql -> count(sql) + add(sql, 2));
        CompletableFuture<Integer> failing = store.write(sql -> add(sql, 3) + add(sql, 3));
        queued.countDown();

        assertThat(Store.await(first)).isEqualTo(1);
        assertThat(Store.await(second))
                .as("notes that the second unit of work sees")
                .isEqualTo(2);
        assertThatThrownBy(() -> Store.await(failing)).isInstanceOf(MasterException.Unavailable.class);
        assertThat(notes()).containsExactly(1L, 2L);
        assertThat(store.statistics().commits()).isEqualTo(commits + 1);
    }

    @Test
    void callbackOfAWriteRunsBeforeLaterWritesReturn() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Boolean>> caused = new ArrayList<>();

        store.writeAndWait(
                sql -> {
                    caused.add(store.write(next -> add(next, 2)).thenApply(_ -> order.add("second returned")));
                    return add(sql, 1);
                },
                _ -> order.add("first committed"));
        Store.await(caused.getFirst());

        assertThat(order).containsExactly("first committed", "second returned");
    }

    private static int count(JdbcClient sql) {
        return sql.sql("select count(*) from note").query(Integer.class).single();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void domainExceptionsAndDefectsPassThrough() {
        assertThatThrownBy(() -> store.writeAndWait(_ -> {
                    throw new MasterException.NotFound("entity");
                }))
                .isInstanceOf(MasterException.NotFound.class);
        assertThatThrownBy(() -> store.read(_ -> {
                    throw new MasterException.NotFound("entity");
                }))
                .isInstanceOf(MasterException.NotFound.class);
        assertThatThrownBy(() -> store.writeAndWait(_ -> {
                    throw new UnsupportedOperationException("a defect");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.writeAndWait(_ -> {
                    throw new StackOverflowError("a defect");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> store.read(sql -> sql.sql("select no_such_column from note")
                        .query(Long.class)
                        .list()))
                .as("an invalid statement is not reported as a retryable failure")
                .isNotInstanceOf(MasterException.class);
        store.writeAndWait(sql -> add(sql, 1));
        assertThat(notes()).containsExactly(1L);
    }

    @Test
    void closeCompletesQueuedWrites() {
        List<CompletableFuture<Integer>> writes = IntStream.range(0, 2000)
                .mapToObj(id -> store.write(sql -> add(sql, id)))
                .toList();
        store.close();
        writes.forEach(write -> assertThat(Store.await(write)).isEqualTo(1));
        store = open();
        assertThat(notes()).hasSize(2000);
    }

    @Test
    void closedStoreIsUnavailable() {
        store.close();
        assertThatThrownBy(() -> store.writeAndWait(sql -> add(sql, 1)))
                .isInstanceOf(MasterException.Unavailable.class);
        assertThatThrownBy(this::notes).isInstanceOf(MasterException.Unavailable.class);
        store.close();
    }

    @Test
    void closeCompletesEveryPendingWork() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<Integer>> writes = Collections.synchronizedList(new ArrayList<>());
            int base = round * 1000;
            Store open = store;
            Thread writer = Thread.startVirtualThread(() ->
                    IntStream.range(base, base + 1000).forEach(id -> writes.add(open.write(sql -> add(sql, id)))));
            open.close();
            writer.join();
            long committed = writes.stream().filter(StoreContract::isCommitted).count();
            store = open();
            assertThat(notes().stream().filter(id -> id >= base)).hasSize(Math.toIntExact(committed));
        }
    }

    /** Waits for a write with a timeout, and returns whether it was committed. */
    private static boolean isCommitted(CompletableFuture<Integer> write) {
        return write.orTimeout(10, TimeUnit.SECONDS)
                .handle((_, failure) -> {
                    assertThat(failure instanceof TimeoutException)
                            .as("write without an answer")
                            .isFalse();
                    return failure == null;
                })
                .join();
    }

    @Test
    void thousandsOfConcurrentWritesAreCommitted() throws InterruptedException {
        List<Thread> writers = LongStream.range(0, 5000)
                .mapToObj(id -> Thread.startVirtualThread(() -> store.writeAndWait(sql -> add(sql, id))))
                .toList();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(notes()).hasSize(5000);
    }
}
