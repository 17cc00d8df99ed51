package io.minimalcluster.master.error;

import io.minimalcluster.model.environment.Diagnostic;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the domain refuses, each with what its caller is told of it. The message is shown to the caller as it is: it
 * says nothing of the inside. No stack trace is taken, as a refusal is a normal answer.
 */
@SuppressWarnings("serial") // never serialized, and the fields are what the answer needs
public abstract sealed class MasterException extends RuntimeException {
    private MasterException(String detail, @Nullable Throwable cause) {
        super(detail, cause, false, false);
    }

    private MasterException(String detail) {
        this(detail, null);
    }

    /** The message, which a refusal always has. */
    public final String detail() {
        return String.valueOf(getMessage());
    }

    /** The request can't be read: not JSON, wrong types, an unknown field or parameter. */
    public static final class Malformed extends MasterException {
        private final @Nullable Integer line;
        private final @Nullable Integer column;
        private final @Nullable String field;

        /**
         * @param line from 1; null where no place in the body is meant
         * @param column from 1
         * @param field the field or parameter that is wrong; null where none is
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

        /** A field or a parameter is wrong. */
        public static Malformed field(String field, String detail) {
            return new Malformed(detail, null, null, field);
        }

        /** The body is wrong at a place; both count from 1. */
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

    /** Results of tasks that are not in their lease, or not any more: its end may have come nearer. */
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

    /** No key, or none that opens anything, or not any more. One text for every reason: it tells nothing of the key. */
    public static final class Unauthenticated extends MasterException {
        public Unauthenticated() {
            super("This call needs a valid key: Authorization: Bearer <key>.");
        }
    }

    /** The key's role does not allow it. */
    public static final class Forbidden extends MasterException {
        public Forbidden(String detail) {
            super(detail);
        }
    }

    /** There is no such thing, or it belongs to another client: the two read alike. */
    public static final class NotFound extends MasterException {
        /** @param what such as {@code job job-123} */
        public NotFound(String what) {
            super("There is no " + what + ".");
        }
    }

    /** No form of the answer that the caller accepts is served. */
    public static final class NotAcceptable extends MasterException {
        public NotAcceptable(String detail) {
            super(detail);
        }
    }

    /** The state of the thing forbids it. */
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

    /** A result for a batch that went to another worker. */
    public static final class LeaseLost extends MasterException {
        public LeaseLost(String detail) {
            super(detail);
        }
    }

    /** This worker is not known, or not any more: it has to register again. */
    public static final class WorkerUnknown extends MasterException {
        public WorkerUnknown(String detail) {
            super(detail);
        }
    }

    /** The body, or a part of it, is larger than what is taken. */
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

    /** The body is in a form that this call does not read. */
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

    /** The compiler passed its limit of time or memory. */
    public static final class CompilationLimit extends MasterException {
        public CompilationLimit(String detail) {
            super(detail);
        }
    }

    /** A file name, archive or library is refused. */
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

        /** @param candidates signatures or names that there are */
        public UnknownFunction(String name, List<String> candidates) {
            super("There is no target function " + name + ".");
            this.candidates = List.copyOf(candidates);
        }

        public List<String> candidates() {
            return candidates;
        }
    }

    /** Several target functions have the name, and no signature says which is meant. */
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

    /** The arguments are no list, or an element does not fit the parameter. */
    public static final class InvalidArguments extends MasterException {
        private final @Nullable Long index;
        private final @Nullable Long line;
        private final @Nullable String expected;

        /**
         * @param index of the first element that does not fit; null where the list itself is wrong
         * @param line of NDJSON, from 1; null elsewhere
         * @param expected what would fit, such as {@code long}
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

        /** @param allowed in words, such as {@code 0 to 9} */
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

    /** The Idempotency-Key came before, with another body. */
    public static final class IdempotencyKeyReused extends MasterException {
        public IdempotencyKeyReused(String detail) {
            super(detail);
        }
    }

    /** The worker speaks a protocol, or runs on a Java, that is not served. */
    public static final class UnsupportedProtocol extends MasterException {
        public UnsupportedProtocol(String detail) {
            super(detail);
        }
    }

    /** Over a quota or a rate; later it may do. */
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

    /** The store can't be reached, or the master drains; nothing was accepted. */
    public static final class Unavailable extends MasterException {
        private final Duration retryAfter;

        /** @param cause logged, never shown; null where there is none */
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

    /** No room on the disk, or in the quota; new jobs are refused, results are still taken. */
    public static final class InsufficientStorage extends MasterException {
        public InsufficientStorage(String detail) {
            super(detail);
        }
    }
}
