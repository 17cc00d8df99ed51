package io.minimalcluster.master.http.problem;

import io.minimalcluster.master.error.MasterException;
import java.time.Duration;

/** Maps exceptions of the domain to problems. */
final class DomainProblemMapper {
    private DomainProblemMapper() {}

    static Problem of(MasterException error) {
        return switch (error) { // no default: a new error must be mapped to compile
            case MasterException.Malformed e ->
                problem(ProblemType.MALFORMED_REQUEST, e)
                        .with("line", e.line())
                        .with("column", e.column())
                        .with("field", e.field());
            case MasterException.BeyondLease e ->
                problem(ProblemType.MALFORMED_REQUEST, e).with("field", "first").with("end", e.end());
            case MasterException.Unauthenticated e ->
                problem(ProblemType.UNAUTHENTICATED, e).header("WWW-Authenticate", "Bearer");
            case MasterException.Forbidden e -> problem(ProblemType.FORBIDDEN, e);
            case MasterException.NotFound e -> problem(ProblemType.NOT_FOUND, e);
            case MasterException.NotAcceptable e -> problem(ProblemType.NOT_ACCEPTABLE, e);
            case MasterException.Conflict e -> problem(ProblemType.CONFLICT, e).with("state", e.state());
            case MasterException.LeaseLost e -> problem(ProblemType.LEASE_LOST, e);
            case MasterException.WorkerUnknown e -> problem(ProblemType.WORKER_UNKNOWN, e);
            case MasterException.PayloadTooLarge e ->
                problem(ProblemType.PAYLOAD_TOO_LARGE, e).with("limitBytes", e.limitBytes());
            case MasterException.UnsupportedMediaType e -> problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, e);
            case MasterException.CompilationFailed e ->
                problem(ProblemType.COMPILATION_FAILED, e).with("diagnostics", e.diagnostics());
            case MasterException.CompilationLimit e -> problem(ProblemType.COMPILATION_LIMIT, e);
            case MasterException.BadFile e -> problem(ProblemType.BAD_FILE, e).with("file", e.file());
            case MasterException.UnknownFunction e ->
                problem(ProblemType.UNKNOWN_FUNCTION, e).with("candidates", e.candidates());
            case MasterException.AmbiguousFunction e ->
                problem(ProblemType.AMBIGUOUS_FUNCTION, e).with("candidates", e.candidates());
            case MasterException.InvalidArguments e ->
                problem(ProblemType.INVALID_ARGUMENTS, e)
                        .with("index", e.index())
                        .with("line", e.line())
                        .with("expected", e.expected());
            case MasterException.InvalidOption e ->
                problem(ProblemType.INVALID_OPTION, e).with("field", e.field()).with("allowed", e.allowed());
            case MasterException.IdempotencyKeyReused e -> problem(ProblemType.IDEMPOTENCY_KEY_REUSED, e);
            case MasterException.UnsupportedProtocol e -> problem(ProblemType.UNSUPPORTED_PROTOCOL, e);
            case MasterException.TooManyRequests e ->
                problem(ProblemType.TOO_MANY_REQUESTS, e).header("Retry-After", seconds(e.retryAfter()));
            case MasterException.Unavailable e ->
                problem(ProblemType.UNAVAILABLE, e).header("Retry-After", seconds(e.retryAfter()));
            case MasterException.InsufficientStorage e -> problem(ProblemType.INSUFFICIENT_STORAGE, e);
        };
    }

    private static Problem problem(ProblemType type, MasterException error) {
        return Problem.of(type, error.detail());
    }

    /** Whole seconds, rounded up, because 0 would mean an immediate retry. */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
