package io.minimalcluster.master.store;

import io.minimalcluster.master.problem.MasterException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** What a failed work tells who asked for it. */
final class StoreFailure {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private StoreFailure() {}

    /** Refusals and defects as they are; trouble with the database as 'try again', or as a full disk. */
    static RuntimeException asSeenByCallers(@Nullable Throwable cause) {
        return switch (cause) {
            case MasterException refusal -> refusal;
            case DataAccessException trouble
            when isFull(trouble) -> new MasterException.InsufficientStorage("The disk of the store is full.");
            case DataAccessException defect when isDefect(defect) -> defect;
            case DataAccessException trouble ->
                new MasterException.Unavailable("The store is not available.", RETRY_AFTER, trouble);
            case RuntimeException defect -> defect;
            case Error defect -> throw defect;
            case null, default -> new IllegalStateException("a work failed", cause);
        };
    }

    private static boolean isFull(DataAccessException trouble) {
        return says(trouble, "[SQLITE_FULL]");
    }

    /** A statement that can't be run will not run the next time either. */
    private static boolean isDefect(DataAccessException trouble) {
        return says(trouble, "[SQLITE_ERROR]");
    }

    private static boolean says(DataAccessException trouble, String code) {
        String message = trouble.getMostSpecificCause().getMessage();
        return message != null && message.contains(code);
    }
}
