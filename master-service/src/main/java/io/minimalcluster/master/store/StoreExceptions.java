package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** What a failed work tells who asked for it. */
final class StoreExceptions {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final String DISK_FULL = "53100";
    private static final String NO_TEXT = "22021";
    private static final String CONSTRAINT = "23";
    private static final String CANT_BE_RUN = "42";
    private static final String CANT_BE_KEPT = "22";

    /** Serialization failure, deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private StoreExceptions() {}

    /** Refusals and defects as they are; trouble with the database as 'try again', or as a full disk. */
    static RuntimeException toCallerException(@Nullable Throwable cause) {
        return switch (cause) {
            case MasterException refusal -> refusal;
            case DataAccessException trouble
            when isFull(trouble) -> new MasterException.InsufficientStorage("The disk of the store is full.");
            case DataAccessException refusal
            when isNoText(refusal) -> new MasterException.Malformed("A text holds a character that can't be kept.");
            case DataAccessException defect when isDefect(defect) -> defect;
            case DataAccessException trouble ->
                new MasterException.Unavailable("The store is not available.", RETRY_AFTER, trouble);
            case RuntimeException defect -> defect;
            case Error defect -> throw defect;
            case null, default -> new IllegalStateException("a work failed", cause);
        };
    }

    /** Whether another was in the way, so that the same may go well when it is done again. */
    static boolean isConflict(@Nullable Throwable failure) {
        return failure instanceof DataAccessException trouble && CONFLICTS.contains(state(trouble));
    }

    /** Whether it may be the connection that failed, and not the statement. */
    static boolean mayBeConnectionFailure(DataAccessException trouble) {
        return isDatabaseFailure(trouble);
    }

    /** Whether it is the database that is to blame, and no work. */
    static boolean isDatabaseFailure(Throwable failure) {
        return failure instanceof DataAccessException trouble
                && !isDefect(trouble)
                && !isFull(trouble)
                && !state(trouble).startsWith(CONSTRAINT);
    }

    private static boolean isFull(DataAccessException trouble) {
        return says(trouble, "[SQLITE_FULL]") || state(trouble).equals(DISK_FULL);
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static boolean isNoText(DataAccessException trouble) {
        return state(trouble).equals(NO_TEXT);
    }

    /** A statement that can't be run, or has data that can't be kept, will not run the next time either. */
    private static boolean isDefect(DataAccessException trouble) {
        return says(trouble, "[SQLITE_ERROR]")
                || state(trouble).startsWith(CANT_BE_RUN)
                || state(trouble).startsWith(CANT_BE_KEPT);
    }

    private static boolean says(DataAccessException trouble, String code) {
        String message = trouble.getMostSpecificCause().getMessage();
        return message != null && message.contains(code);
    }

    private static String state(DataAccessException trouble) {
        return trouble.getMostSpecificCause() instanceof SQLException e && e.getSQLState() != null
                ? e.getSQLState()
                : "";
    }
}
