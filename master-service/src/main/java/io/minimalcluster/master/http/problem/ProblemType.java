package io.minimalcluster.master.http.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of refusal there are: one table for the answers and for the pages that explain them. */
public enum ProblemType {
    MALFORMED_REQUEST(
            400,
            "The request can't be read",
            "It is not the JSON, the parameters or the HTTP that this call takes: broken syntax, a wrong type, a field or a parameter that there is none of.",
            "See `line` and `column` for a place in the body, `field` for the field or parameter that is meant. Names are spelled as in the API's description."),
    UNAUTHENTICATED(
            401,
            "No valid key",
            "The call needs a key, and came with none, with a malformed one, or with one that is not known, was revoked or has expired.",
            "Send `Authorization: Bearer <key>`, once. A master that was given no key has made one at its first start: it is in the file `authkey` of its data folder, after `./minimalcluster up` in `~/.minimalcluster/data/authkey`."),
    FORBIDDEN(
            403,
            "The key does not allow this",
            "The key is known, but none of its roles may make this call.",
            "Use a key with the right role: `client` for environments, functions and jobs, `worker` for the workers' calls, `observer` to read, `admin` for everything."),
    NOT_FOUND(
            404,
            "Not found",
            "There is nothing under this name, or it belongs to another client.",
            "Check the path and the id, and that the key is the one it was made with. What has ended long ago is deleted after a while."),
    METHOD_NOT_ALLOWED(
            405,
            "This method is not served here",
            "The path exists, but not with this HTTP method.",
            "The header `Allow` names those that are served."),
    NOT_ACCEPTABLE(
            406,
            "No acceptable form",
            "The header `Accept` names no form that this call can answer in.",
            "Leave `Accept` out, or ask for `application/json`, or for what the API's description names for this call."),
    REQUEST_TIMEOUT(
            408,
            "The request came too slowly",
            "No part of the request arrived for too long a time.",
            "Send it again, over a better line where there is one. Nothing of it was kept."),
    CONFLICT(
            409,
            "The state forbids it",
            "The thing exists, but in a state in which this can't be done, such as cancelling a job that has ended.",
            "`state` says where it stands. Wait, or ask for what that state allows."),
    LEASE_LOST(
            409,
            "The batch went to another worker",
            "This worker was silent for too long, and its tasks were handed out again. Nothing of the post was recorded.",
            "Drop the batch and poll for others. Nothing is lost: the tasks run elsewhere."),
    WORKER_UNKNOWN(
            410,
            "This worker is not known",
            "The master does not know the worker's id, or not any more.",
            "Register again with `POST /api/v1/workers`."),
    PAYLOAD_TOO_LARGE(
            413,
            "The body is too large",
            "The body, or a part of it, is larger than this call takes. Nothing of it was kept.",
            "`limitBytes` is the limit. Post long lists of arguments as `application/x-ndjson`, or raise the limit in the master's settings."),
    URI_TOO_LONG(
            414,
            "The address is too long",
            "The path with its query is longer than the server takes.",
            "`limitBytes` is the limit. Send long values in the body."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body is in a form that is not read",
            "The header `Content-Type` or `Content-Encoding` names a form that this call does not read.",
            "Send `Content-Type: application/json`, or what the API's description names for this call, and no `Content-Encoding`."),
    COMPILATION_FAILED(
            422,
            "The sources do not compile",
            "The Java compiler found errors in the posted sources.",
            "`diagnostics` lists all that it found, each with its source, line, column and message. Mend them and post again; `?check=true` compiles without keeping anything."),
    COMPILATION_LIMIT(
            422,
            "The compiler passed its limits",
            "Compiling the sources took more time or memory than is given to it.",
            "Make the sources smaller or simpler: long constant expressions and deep nesting cost the most."),
    BAD_FILE(
            422,
            "A file is refused",
            "A file name, an archive or a library can't be taken: it leads out of its folder, is broken, or is not what its name says.",
            "`file` names it. Use plain relative names such as `com/example/Pi.java`, and jars as a build makes them."),
    UNKNOWN_FUNCTION(
            422,
            "No such target function",
            "The environment has no target function of this name.",
            "`candidates` lists those that it has."),
    AMBIGUOUS_FUNCTION(
            422,
            "Several functions have this name",
            "The name is overloaded, and no signature says which is meant.",
            "Name one of `candidates`, such as `square(long)`."),
    INVALID_ARGUMENTS(
            422,
            "The arguments do not fit",
            "The arguments are not a list, or one of them does not fit the function's parameter. No job was made.",
            "`index` names the first that does not fit (and `line` its line of NDJSON), `expected` what would."),
    INVALID_OPTION(
            422,
            "An option is out of bounds",
            "An option or a range has a value that is not allowed.",
            "`field` names it, `allowed` says what it may be."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key was used for something else",
            "The same `Idempotency-Key` came before with another body.",
            "Take a new key for each new thing, and the same only to repeat the very same call."),
    UNSUPPORTED_PROTOCOL(
            422,
            "The worker's version is not served",
            "The worker speaks a protocol that this master does not, or runs on too old a Java.",
            "Update the older of the two; a worker needs Java 25 or later."),
    TOO_MANY_REQUESTS(
            429,
            "Too many",
            "A quota or a rate was passed.",
            "Try again after the seconds in the header `Retry-After`."),
    HEADERS_TOO_LARGE(
            431,
            "The headers are too large",
            "The request's headers together are larger than the server takes.",
            "`limitBytes` is the limit. Send fewer or shorter headers."),
    INTERNAL_ERROR(
            500,
            "Something went wrong inside",
            "This is a fault of the service, not of the request.",
            "Try again. If it stays, look for `requestId` in the master's log, and report what stands there."),
    UNAVAILABLE(
            503,
            "Not available now",
            "The store can't be reached, too much is sent at once, or the master is stopping. Nothing was accepted.",
            "Try again after the seconds in the header `Retry-After`."),
    INSUFFICIENT_STORAGE(
            507,
            "No room left",
            "The disk or the quota is full. New jobs are refused, results of those that run are still taken.",
            "Delete jobs that are not needed any more, or give the master more room.");

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

    /** The kind that stands in a link, such as {@code not-found}. */
    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** The name in a link, such as {@code not-found}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The path of its page, which is also its {@code type}. */
    public String path() {
        return "/problems/" + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** When it is answered. */
    public String meaning() {
        return meaning;
    }

    /** How to mend it. */
    public String remedy() {
        return remedy;
    }
}
