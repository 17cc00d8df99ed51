package io.minimalcluster.master.error;

import io.minimalcluster.model.environment.Diagnostic;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of the domain, each mapped to a problem response. The message becomes {@code detail}, so it must not
 * contain internals. There is no stack trace, because a rejection is a normal response.
 */
@SuppressWarnings("serial") // never serialized
public abstract sealed class MasterException extends RuntimeException {
    private MasterException(String detail, @Nullable Throwable cause) {
        super(detail, cause, false, false);
    }

    private MasterException(String detail) {
        this(detail, null);
    }

    /** The message, never null. */
    public final String detail() {
        return String.valueOf(getMessage());
    }

    /** The request can't be read: not JSON, wrong types, an unknown field or parameter. */
    public static final class Malformed extends MasterException {
        private final @Nullable Integer line;
        private final @Nullable Integer column;
        private final @Nullable String field;

        /**
         * @param line line of the body, from 1; null without a position
         * @param column column, from 1
         * @param field invalid field or parameter, if any
         */
        public Malformed(String detail, @Nullable Integer line, @Nullable Integer column, @Nullable String field) {
            super(detail);
            this.line = line;
            this.column = column;
            this.field = field;
        }

        public Malformed(String detail) {
            this(detail, null, null, null);
        }

        /** An invalid field or parameter. */
        public static Malformed field(String field, String detail) {
            return new Malformed(detail, null, null, field);
        }

        /** An invalid body at a position; both numbers count from 1. */
        public static Malformed at(int line, int column, String detail) {
            return new Malformed(detail, line, column, null);
        }

        public @Nullable Integer line() {
            return line;
        }

        public @Nullable Integer column() {
            return column;
        }

        public @Nullable String field() {
            return field;
        }
    }

    /** Results of tasks outside of their lease. The lease may have been shrunk. */
    public static final class BeyondLease extends MasterException {
        private final long end;

        /** @param end the first index after the lease */
        public BeyondLease(String detail, long end) {
            super(detail);
            this.end = end;
        }

        public long end() {
            return end;
        }
    }

    /**
     * The key is missing, unknown, revoked or expired. The text is the same for every reason, so that it reveals
     * nothing.
     */
    public static final class Unauthenticated extends MasterException {
        public Unauthenticated() {
            super("This call needs a valid key: Authorization: Bearer <key>.");
        }
    }

    /** No role of the key allows the call. */
    public static final class Forbidden extends MasterException {
        public Forbidden(String detail) {
            super(detail);
        }
    }

    /** The resource does not exist or belongs to another client. Both have the same text. */
    public static final class NotFound extends MasterException {
        /** @param what kind and id, such as {@code job job-123} */
        public NotFound(String what) {
            super("There is no " + what + ".");
        }
    }

    /** No format in the {@code Accept} header is supported. */
    public static final class NotAcceptable extends MasterException {
        public NotAcceptable(String detail) {
            super(detail);
        }
    }

    /** The state of the resource does not allow the call. */
    public static final class Conflict extends MasterException {
        private final String state;

        public Conflict(String detail, String state) {
            super(detail);
            this.state = state;
        }

        public String state() {
            return state;
        }
    }

    /** A result for a lost lease: the batch was allocated to another worker. */
    public static final class LeaseLost extends MasterException {
        public LeaseLost(String detail) {
            super(detail);
        }
    }

    /** The worker is not registered, or was deleted. It has to register again. */
    public static final class WorkerUnknown extends MasterException {
        public WorkerUnknown(String detail) {
            super(detail);
        }
    }

    /** The body, or a part of it, is larger than the limit. */
    public static final class PayloadTooLarge extends MasterException {
        private final long limitBytes;

        public PayloadTooLarge(String detail, long limitBytes) {
            super(detail);
            this.limitBytes = limitBytes;
        }

        public PayloadTooLarge(long limitBytes) {
            this("The body is larger than " + limitBytes + " bytes.", limitBytes);
        }

        public long limitBytes() {
            return limitBytes;
        }
    }

    /** The content type of the body is not supported. */
    public static final class UnsupportedMediaType extends MasterException {
        public UnsupportedMediaType(String detail) {
            super(detail);
        }
    }

    /** The sources do not compile. */
    public static final class CompilationFailed extends MasterException {
        private final List<Diagnostic> diagnostics;

        public CompilationFailed(List<Diagnostic> diagnostics) {
            super("The sources do not compile: see the diagnostics.");
            this.diagnostics = List.copyOf(diagnostics);
        }

        public List<Diagnostic> diagnostics() {
            return diagnostics;
        }
    }

    /** The compiler exceeded its time or memory limit. */
    public static final class CompilationLimit extends MasterException {
        public CompilationLimit(String detail) {
            super(detail);
        }
    }

    /** A file name, archive or library is invalid. */
    public static final class BadFile extends MasterException {
        private final String file;

        public BadFile(String file, String why) {
            super(why);
            this.file = file;
        }

        public String file() {
            return file;
        }
    }

    /** The environment has no such target function. */
    public static final class UnknownFunction extends MasterException {
        private final List<String> candidates;

        /** @param candidates signatures or names of the available functions */
        public UnknownFunction(String name, List<String> candidates) {
            super("There is no target function " + name + ".");
            this.candidates = List.copyOf(candidates);
        }

        public List<String> candidates() {
            return candidates;
        }
    }

    /** Several target functions have the name, and no signature is given. */
    public static final class AmbiguousFunction extends MasterException {
        private final List<String> candidates;

        /** @param candidates the signatures to choose from */
        public AmbiguousFunction(String name, List<String> candidates) {
            super("Several target functions are called " + name + ": name one by its signature.");
            this.candidates = List.copyOf(candidates);
        }

        public List<String> candidates() {
            return candidates;
        }
    }

    /** The arguments are not a list, or an element does not fit the parameter. */
    public static final class InvalidArguments extends MasterException {
        private final @Nullable Long index;
        private final @Nullable Long line;
        private final @Nullable String expected;

        /**
         * @param index index of the first element that does not fit; null if the list itself is invalid
         * @param line line of NDJSON, from 1; null for other formats
         * @param expected expected type, such as {@code long}
         */
        public InvalidArguments(String detail, @Nullable Long index, @Nullable Long line, @Nullable String expected) {
            super(detail);
            this.index = index;
            this.line = line;
            this.expected = expected;
        }

        public @Nullable Long index() {
            return index;
        }

        public @Nullable Long line() {
            return line;
        }

        public @Nullable String expected() {
            return expected;
        }
    }

    /** An option or a range is out of bounds. */
    public static final class InvalidOption extends MasterException {
        private final String field;
        private final String allowed;

        /** @param allowed valid values, such as {@code 0 to 9} */
        public InvalidOption(String field, String allowed, String detail) {
            super(detail);
            this.field = field;
            this.allowed = allowed;
        }

        public String field() {
            return field;
        }

        public String allowed() {
            return allowed;
        }
    }

    /** The Idempotency-Key was used for another request. */
    public static final class IdempotencyKeyReused extends MasterException {
        public IdempotencyKeyReused(String detail) {
            super(detail);
        }
    }

    /** The protocol or the Java version of the worker is not supported. */
    public static final class UnsupportedProtocol extends MasterException {
        public UnsupportedProtocol(String detail) {
            super(detail);
        }
    }

    /** A quota or a rate limit is exceeded. A later retry may succeed. */
    public static final class TooManyRequests extends MasterException {
        private final Duration retryAfter;

        public TooManyRequests(String detail, Duration retryAfter) {
            super(detail);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The store is not available, or the master is draining. Nothing was accepted. */
    public static final class Unavailable extends MasterException {
        private final Duration retryAfter;

        /** @param cause logged, not shown to the caller */
        public Unavailable(String detail, Duration retryAfter, @Nullable Throwable cause) {
            super(detail, cause);
            this.retryAfter = retryAfter;
        }

        public Unavailable(String detail, Duration retryAfter) {
            this(detail, retryAfter, null);
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The disk or the quota is full. New jobs are rejected; results are still accepted. */
    public static final class InsufficientStorage extends MasterException {
        public InsufficientStorage(String detail) {
            super(detail);
        }
    }
}
