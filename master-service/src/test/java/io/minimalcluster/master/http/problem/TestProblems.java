package io.minimalcluster.master.http.problem;

import tools.jackson.databind.json.JsonMapper;

/** Writer of problems for tests. */
public final class TestProblems {
    private TestProblems() {}

    public static ProblemWriter writer() {
        return new ProblemWriter(JsonMapper.builder().build());
    }
}
