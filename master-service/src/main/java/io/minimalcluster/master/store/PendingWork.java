package io.minimalcluster.master.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A queued unit of work with its outcome. Its future completes only after the transaction has ended. */
final class PendingWork<T> {
    private final UnitOfWork<T> work;
    private final Consumer<T> committed;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    /** @param committed runs before the future completes without a failure. Must not throw. */
    PendingWork(UnitOfWork<T> work, Consumer<T> committed) {
        this.work = work;
        this.committed = committed;
    }

    CompletableFuture<T> future() {
        return future;
    }

    /** Runs or reruns the unit of work; false if it failed. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    boolean run(JdbcClient sql) {
        try {
            failure = null;
            result = work.run(sql);
            return true;
        } catch (Throwable e) { // every failure of a unit of work is delivered to its caller
            failure = e;
            return false;
        }
    }

    /** Records a failure after the run, such as of the commit. */
    void recordFailure(Throwable cause) {
        failure = cause;
    }

    /** The failure; null after a success. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Completes the future, after the transaction is durable or rolled back. */
    @SuppressWarnings("NullAway") // a unit of work with a nullable type may return null
    void complete() {
        if (failure != null) {
            future.completeExceptionally(failure);
            return;
        }
        try {
            committed.accept(result);
            future.complete(result);
        } catch (RuntimeException e) { // the thread of the writer must survive
            future.completeExceptionally(e);
        }
    }

    /** Completes the future with a failure, after a rollback. */
    void fail(Throwable cause) {
        future.completeExceptionally(failure == null ? cause : failure);
    }
}
