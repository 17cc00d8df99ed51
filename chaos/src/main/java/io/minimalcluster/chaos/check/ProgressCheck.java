package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Once nothing is broken any more, every job ends. */
final class ProgressCheck implements Check {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    static boolean isEnd(JsonNode job) {
        return ENDS.contains(job.path("state").asString());
    }

    @Override
    public boolean needsFinalState() {
        return true;
    }

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I6);
        for (JobHistory history : histories.all()) {
            for (JsonNode job : history.listed()) {
                finding.expect(
                        isEnd(job), "%s has not ended: %s", history.order().name(), job);
                if (!history.mayBe(Operation.CANCEL)) {
                    finding.expect(!job.path("state").asString().equals("CANCELLED"), "nobody cancelled %s", job);
                }
            }
        }
        return finding;
    }
}
