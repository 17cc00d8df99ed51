package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks that every job ends after the last fault, and that only requested cancellations occur. */
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
                if (!history.mayBeDone(Operation.CANCEL)) {
                    finding.expect(
                            !job.path("state").asString().equals("CANCELLED"), "cancelled without a request: %s", job);
                }
            }
        }
        return finding;
    }
}
