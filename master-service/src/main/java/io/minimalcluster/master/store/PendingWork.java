package io.minimalcluster.master.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A work that waits for its turn, and its outcome, which is told only when the transaction has ended. */
final class PendingWork<T> {
    private final UnitOfWork<T> work;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable T found;
    private @Nullable Throwable failure;

    PendingWork(UnitOfWork<T> work) {
        this.work = work;
    }

    CompletableFuture<T> future() {
        return future;
    }

    /** Runs it, maybe not for the first time; false if it failed. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    boolean run(JdbcClient sql) {
        try {
            failure = null;
            found = work.run(sql);
            return true;
        } catch (Throwable e) { // a work's failure, whatever it is, belongs to who asked for it
            failure = e;
            return false;
        }
    }

    /** Notes that it failed after all. */
    void failAfterAll(Throwable cause) {
        failure = cause;
    }

    /** Why it failed; null if it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Tells the outcome, now that what was done is on disk. */
    @SuppressWarnings("NullAway") // a work may find null where its type says so
    void tell() {
        if (failure == null) {
            future.complete(found);
        } else {
            future.completeExceptionally(failure);
        }
    }

    /** Tells that nothing of it was kept. */
    void fail(Throwable cause) {
        future.completeExceptionally(failure == null ? cause : failure);
    }
}
