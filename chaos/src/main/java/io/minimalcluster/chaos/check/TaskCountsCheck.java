package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.RecordedCall;
import tools.jackson.databind.JsonNode;

/** Checks that the task counts of a job add up in every response. */
final class TaskCountsCheck implements Check {
    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I5);
        histories.calls().filter(RecordedCall::isOk).forEach(call -> {
            check(call.response(), finding);
            call.response().path("jobs").forEach(job -> check(job, finding));
        });
        return finding;
    }

    private static void check(JsonNode job, Finding finding) {
        JsonNode tasks = job.path("tasks");
        if (tasks.isObject()) {
            long sum = 0;
            for (String state : new String[] {"pending", "running", "succeeded", "failed", "cancelled"}) {
                long count = tasks.path(state).asLong(-1);
                finding.expect(count >= 0, "%d tasks are %s: %s", count, state, job);
                sum += count;
            }
            finding.expect(sum == tasks.path("total").asLong(), "the tasks do not add up: %s", job);
        }
    }
}
