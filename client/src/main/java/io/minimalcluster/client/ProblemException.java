package io.minimalcluster.client;

import java.io.Serial;

/** The master answered, and refused. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(sentence(problem));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    private static String sentence(Problem problem) {
        String detail = problem.detail();
        return detail == null || detail.isBlank() ? problem.title() : detail;
    }
}
