package io.minimalcluster.master.http.problem;

import java.util.Optional;

/** Maps an HTTP status of Tomcat or Spring to a problem type. */
public final class ProblemStatus {
    private ProblemStatus() {}

    /** The problem type; empty for a status that counts as an internal error. */
    public static Optional<ProblemType> of(int status) {
        return switch (status) {
            case 400, 417, 426, 501, 505 -> Optional.of(ProblemType.MALFORMED_REQUEST);
            case 401 -> Optional.of(ProblemType.UNAUTHENTICATED);
            case 403 -> Optional.of(ProblemType.FORBIDDEN);
            case 404 -> Optional.of(ProblemType.NOT_FOUND);
            case 405 -> Optional.of(ProblemType.METHOD_NOT_ALLOWED);
            case 406 -> Optional.of(ProblemType.NOT_ACCEPTABLE);
            case 408 -> Optional.of(ProblemType.REQUEST_TIMEOUT);
            case 413 -> Optional.of(ProblemType.PAYLOAD_TOO_LARGE);
            case 414 -> Optional.of(ProblemType.URI_TOO_LONG);
            case 415 -> Optional.of(ProblemType.UNSUPPORTED_MEDIA_TYPE);
            case 429 -> Optional.of(ProblemType.TOO_MANY_REQUESTS);
            case 431 -> Optional.of(ProblemType.HEADERS_TOO_LARGE);
            case 503 -> Optional.of(ProblemType.UNAVAILABLE);
            default -> Optional.empty();
        };
    }
}
