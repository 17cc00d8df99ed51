package io.minimalcluster.client;

import java.io.Serial;
import java.util.stream.Collectors;

/** Thrown when the master returns an error response. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_DIAGNOSTICS = 5;

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
        String text = detail == null || detail.isBlank() ? problem.title() : detail;
        return problem.diagnostics().isEmpty()
                ? text
                : text
                        + problem.diagnostics().stream()
                                .limit(MAX_DIAGNOSTICS)
                                .map(each -> "\n" + each.source() + ":" + each.line() + ": " + each.message())
                                .collect(Collectors.joining());
    }
}
