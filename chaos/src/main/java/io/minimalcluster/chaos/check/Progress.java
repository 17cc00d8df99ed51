package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Once nothing is broken any more, every job ends. */
final class Progress implements Check {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    static boolean isEnd(JsonNode job) {
        return ENDS.contains(job.path("state").asString());
    }

    @Override
    public boolean isAboutTheEnd() {
        return true;
    }

    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I6);
        for (Story story : stories.all()) {
            for (JsonNode job : story.listed()) {
                finding.expect(isEnd(job), "%s has not ended: %s", story.order().name(), job);
                if (!story.mayBe(Operation.CANCEL)) {
                    finding.expect(!job.path("state").asString().equals("CANCELLED"), "nobody cancelled %s", job);
                }
            }
        }
        return finding;
    }
}
