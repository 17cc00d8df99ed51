package io.minimalcluster.client;

import java.io.Serial;

/** Thrown when the master returns an error response. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(message(problem));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    private static String message(Problem problem) {
        String detail = problem.detail();
        return detail == null || detail.isBlank() ? problem.title() : detail;
    }
}
