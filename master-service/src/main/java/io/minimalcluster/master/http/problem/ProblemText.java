package io.minimalcluster.master.http.problem;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Plain text pages that describe the problem types. */
final class ProblemText {
    private ProblemText() {}

    static String index() {
        return Arrays.stream(ProblemType.values())
                .map(type -> "%d %-24s %s\n".formatted(type.status(), type.slug(), type.title()))
                .collect(Collectors.joining());
    }

    static String page(ProblemType type) {
        return """
                %d %s

                %s

                %s
                """.formatted(type.status(), type.title(), type.meaning(), type.remedy());
    }
}
