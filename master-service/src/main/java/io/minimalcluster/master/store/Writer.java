package io.minimalcluster.master.store;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one thread that writes. Takes every work that waits, runs each in a savepoint if there are several, commits them
 * together, and only then tells their outcomes.
 */
final class Writer implements AutoCloseable {
    private static final int QUEUE = 20_000;
    private static final int TOGETHER = 256;

    private final BlockingQueue<PendingWork<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Transaction transaction;
    private final JdbcClient sql;
    private final Thread thread;
    private final LongAdder writes = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile boolean closed;

    Writer(Database database) {
        Connection connection = database.connectToWrite();
        this.transaction = new Transaction(connection, database.dialect());
        this.sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        this.thread = Thread.ofPlatform().name("store-writer").start(this::work);
    }

    <T> CompletableFuture<T> submit(Work<T> work) {
        PendingWork<T> pending = new PendingWork<>(work);
        if (closed || !queue.offer(pending)) {
            refuse(pending);
        } else if (closed && queue.remove(pending)) {
            refuse(pending); // it came after the thread's last look
        }
        return pending.future();
    }

    private void refuse(PendingWork<?> pending) {
        pending.fail(new DataAccessResourceFailureException(closed ? "the store is closed" : "the store is behind"));
    }

    private void work() {
        List<PendingWork<?>> works = new ArrayList<>(TOGETHER);
        while (next(works)) {
            commit(works);
            works.clear();
        }
    }

    /** Waits for works; false when none will come. */
    private boolean next(List<PendingWork<?>> works) {
        try {
            if (!closed) {
                works.add(queue.take());
            }
        } catch (InterruptedException e) {
            closed = true; // what waits is still done
        }
        queue.drainTo(works, TOGETHER - works.size());
        return !closed || !works.isEmpty();
    }

    private void commit(List<PendingWork<?>> works) {
        long start = System.nanoTime();
        try {
            transaction.beginToWrite();
            if (works.size() == 1) {
                runAlone(works.getFirst());
            } else {
                works.forEach(this::runInSavepoint);
                transaction.commit();
            }
            writes.add(works.size());
            commits.increment();
            nanos.add(System.nanoTime() - start);
        } catch (RuntimeException | Error e) { // this thread has to go on, whatever it is
            transaction.rollback();
            works.forEach(work -> work.fail(e));
            return;
        }
        works.forEach(PendingWork::tell);
    }

    private void runAlone(PendingWork<?> work) {
        if (work.run(sql)) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
    }

    StoreFigures figures() {
        return new StoreFigures(queue.size(), writes.sum(), commits.sum(), nanos.sum());
    }

    private void runInSavepoint(PendingWork<?> work) {
        transaction.savepoint();
        if (work.run(sql)) {
            transaction.keep();
        } else {
            transaction.undo();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transaction.close();
    }
}
