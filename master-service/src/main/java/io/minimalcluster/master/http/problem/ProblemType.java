package io.minimalcluster.master.http.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The problem types of the API, with the texts of their pages. */
public enum ProblemType {
    MALFORMED_REQUEST(
            400,
            "The request can't be read",
            "The JSON, a parameter or the HTTP of the request is invalid: a syntax error, a wrong type, an unknown field or parameter.",
            "`line` and `column` give the position in the body, `field` names the field or parameter. Compare names with the API description."),
    UNAUTHENTICATED(
            401,
            "No valid key",
            "The call needs a key. The key of the request is missing, malformed, unknown, revoked or expired.",
            "Send `Authorization: Bearer <key>`, once. A master without a configured key generates one at its first start, in the file `authkey` of its data folder, after `./minimalcluster up` in `~/.minimalcluster/data/authkey`."),
    FORBIDDEN(
            403,
            "The key does not allow this",
            "The key is known, but none of its roles may make this call.",
            "Use a key with the right role: `client` for environments, functions and jobs, `worker` for the workers' calls, `observer` to read, `admin` for everything."),
    NOT_FOUND(
            404,
            "Not found",
            "The resource does not exist, or it belongs to another client.",
            "Check the path and the id, and use the key that created the resource. Ended jobs are deleted after their retention period."),
    METHOD_NOT_ALLOWED(
            405,
            "The path does not support this method",
            "The path exists, but not with this HTTP method.",
            "The header `Allow` lists the supported methods."),
    NOT_ACCEPTABLE(
            406,
            "No acceptable format",
            "The header `Accept` names no format that this call supports.",
            "Omit `Accept`, or send `application/json` or another format from the API description of this call."),
    REQUEST_TIMEOUT(
            408,
            "The request arrived too slowly",
            "The request paused for longer than the limit.",
            "Send the request again, over a faster connection if possible. Nothing was stored."),
    CONFLICT(
            409,
            "The state does not allow the call",
            "The state of the resource does not allow this call, such as cancelling an ended job.",
            "`state` is the current state. Wait for another state, or use a call that this state allows."),
    LEASE_LOST(
            409,
            "The lease is lost",
            "The worker timed out and its tasks were allocated again, or the lease has ended, or the job was retried or deleted. No result of the post was recorded.",
            "Drop the batch and poll again. No task is lost: the tasks run on another worker."),
    WORKER_UNKNOWN(
            410,
            "This worker is not known",
            "The master does not know the worker's id, or has deleted it.",
            "Register again with `POST /api/v1/workers`."),
    PAYLOAD_TOO_LARGE(
            413,
            "The body is too large",
            "The body, or a part of it, is larger than the limit of this call. Nothing was stored.",
            "`limitBytes` is the limit. Post long lists of arguments as `application/x-ndjson`, or raise the limit in the master's settings."),
    URI_TOO_LONG(
            414,
            "The address is too long",
            "The path with its query is longer than the limit of the server.",
            "`limitBytes` is the limit. Send long values in the body."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The format of the body is not supported",
            "The header `Content-Type` or `Content-Encoding` names a format that this call does not support.",
            "Send `Content-Type: application/json`, or another type from the API description of this call, and no `Content-Encoding`."),
    COMPILATION_FAILED(
            422,
            "The sources do not compile",
            "The Java compiler found errors in the posted sources.",
            "`diagnostics` lists all errors with source, line, column and message. Fix them and post again; `?check=true` compiles without storing anything."),
    COMPILATION_LIMIT(
            422,
            "The compiler exceeded its limits",
            "The compilation exceeded its time or memory limit.",
            "Make the sources smaller or simpler: long constant expressions and deep nesting are the most expensive."),
    BAD_FILE(
            422,
            "A file is refused",
            "A file name, an archive or a library is invalid: its path leaves its folder, it is corrupt, or its content does not match its name.",
            "`file` names the file. Use plain relative names such as `com/example/Pi.java`, and unmodified jars of a build."),
    UNKNOWN_FUNCTION(
            422,
            "No such target function",
            "The environment has no target function of this name.",
            "`candidates` lists the available functions."),
    AMBIGUOUS_FUNCTION(
            422,
            "Several functions have this name",
            "The method is overloaded, and the call names no signature.",
            "Name one of `candidates`, such as `square(long)`."),
    INVALID_ARGUMENTS(
            422,
            "The arguments do not fit",
            "The arguments are not a list, or one of them does not fit the function's parameter. No job was created.",
            "`index` is the first argument that does not fit, `line` its line of NDJSON, `expected` the required type."),
    INVALID_OPTION(
            422,
            "An option is out of bounds",
            "An option or a range has a value that is not allowed.",
            "`field` names the option, `allowed` the valid values."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key was used for another request",
            "The same `Idempotency-Key` was sent before with another request.",
            "Use a new key for each new request, and the same key only to retry the identical request."),
    UNSUPPORTED_PROTOCOL(
            422,
            "The worker's version is not supported",
            "This master does not support the protocol or the Java version of the worker.",
            "Update the older of the two; a worker needs Java 25 or later."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            "A quota or a rate limit was exceeded.",
            "Retry after the seconds in the header `Retry-After`."),
    HEADERS_TOO_LARGE(
            431,
            "The headers are too large",
            "The headers together are larger than the limit of the server.",
            "`limitBytes` is the limit. Send fewer or shorter headers."),
    INTERNAL_ERROR(
            500,
            "Internal error",
            "The service failed; the request is not the cause.",
            "Retry. If the error persists, search the master's log for `requestId` and report the log entry."),
    UNAVAILABLE(
            503,
            "Not available now",
            "The store is not reachable, too many large bodies are sent at once, or the master is stopping. Nothing was accepted.",
            "Retry after the seconds in the header `Retry-After`."),
    INSUFFICIENT_STORAGE(
            507,
            "Insufficient storage",
            "The disk or the quota is full. New jobs are rejected; results of running jobs are still accepted.",
            "Delete jobs that are no longer needed, or increase the disk space or the quota.");

    private final int status;
    private final String title;
    private final String meaning;
    private final String remedy;

    ProblemType(int status, String title, String meaning, String remedy) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The type with a slug, such as {@code not-found}. */
    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** The type for an HTTP status of Tomcat or Spring; empty for a status that counts as an internal error. */
    public static Optional<ProblemType> ofStatus(int status) {
        return switch (status) {
            case 400, 417, 426, 501, 505 -> Optional.of(MALFORMED_REQUEST);
            case 401, 403, 404, 405, 406, 408, 413, 414, 415, 429, 431, 503 ->
                Arrays.stream(values()).filter(type -> type.status == status).findFirst();
            default -> Optional.empty();
        };
    }

    /** The name of the type in URLs, such as {@code not-found}. */
    @JsonValue
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The path of the type's page, which is also the {@code type} of the problem. */
    public String path() {
        return "/problems/" + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The situations in which the problem occurs. */
    public String meaning() {
        return meaning;
    }

    /** The way to fix the problem. */
    public String remedy() {
        return remedy;
    }
}
