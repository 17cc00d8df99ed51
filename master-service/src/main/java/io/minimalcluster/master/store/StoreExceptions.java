package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Classifies failures of units of work and maps them to exceptions for callers. */
final class StoreExceptions {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final String DISK_FULL = "53100";
    private static final String INVALID_TEXT = "22021";
    private static final String CONSTRAINT = "23";
    private static final String INVALID_STATEMENT = "42";
    private static final String INVALID_DATA = "22";

    /** Serialization failure, deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private StoreExceptions() {}

    /** Domain exceptions and defects are returned unchanged. Database failures become 503, or 507 for a full disk. */
    static RuntimeException toCallerException(@Nullable Throwable cause) {
        return switch (cause) {
            case MasterException rejection -> rejection;
            case DataAccessException error
            when isFull(error) -> new MasterException.InsufficientStorage("The disk of the store is full.");
            case DataAccessException rejection
            when isInvalidText(rejection) ->
                new MasterException.Malformed("A text contains a character that can't be stored.");
            case DataAccessException defect when isDefect(defect) -> defect;
            case DataAccessException error ->
                new MasterException.Unavailable("The store is not available.", RETRY_AFTER, error);
            case RuntimeException defect -> defect;
            case Error defect -> throw defect;
            case null, default -> new IllegalStateException("a unit of work failed", cause);
        };
    }

    /** Whether a conflict with another transaction caused the failure, so that a retry may succeed. */
    static boolean isConflict(@Nullable Throwable failure) {
        return failure instanceof DataAccessException error && CONFLICTS.contains(state(error));
    }

    /** Whether the connection, and not the statement, may have failed. */
    static boolean mayBeConnectionFailure(DataAccessException error) {
        return isDatabaseFailure(error);
    }

    /** Whether the database, and not a unit of work, caused the failure. */
    static boolean isDatabaseFailure(Throwable failure) {
        return failure instanceof DataAccessException error
                && !isDefect(error)
                && !isFull(error)
                && !state(error).startsWith(CONSTRAINT);
    }

    private static boolean isFull(DataAccessException error) {
        return hasCode(error, "[SQLITE_FULL]") || state(error).equals(DISK_FULL);
    }

    /** PostgreSQL rejects NUL characters in texts. */
    private static boolean isInvalidText(DataAccessException error) {
        return state(error).equals(INVALID_TEXT);
    }

    /** An invalid statement or invalid data, for which a retry fails too. */
    private static boolean isDefect(DataAccessException error) {
        return hasCode(error, "[SQLITE_ERROR]")
                || state(error).startsWith(INVALID_STATEMENT)
                || state(error).startsWith(INVALID_DATA);
    }

    private static boolean hasCode(DataAccessException error, String code) {
        String message = error.getMostSpecificCause().getMessage();
        return message != null && message.contains(code);
    }

    private static String state(DataAccessException error) {
        return error.getMostSpecificCause() instanceof SQLException e && e.getSQLState() != null ? e.getSQLState() : "";
    }
}
