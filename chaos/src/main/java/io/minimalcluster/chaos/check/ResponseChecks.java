package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks of single responses. */
final class ResponseChecks {
    private static final Set<Integer> ALLOWED_ERRORS = Set.of(503, 507);

    private ResponseChecks() {}

    /** Checks that no call without a valid key succeeds. */
    static void callsWithoutKeyFail(JobHistories histories, Finding finding) {
        histories
                .calls(Operation.PROBE)
                .filter(call -> call.response().has("status"))
                .forEach(call -> finding.expect(!call.isOk(), "without a valid key: %s", call));
    }

    /** Checks that the task counts of a job add up in every response. */
    static void taskCountsAddUp(JobHistories histories, Finding finding) {
        histories.calls().filter(RecordedCall::isOk).forEach(call -> {
            checkTaskCounts(call.response(), finding);
            call.response().path("jobs").forEach(job -> checkTaskCounts(job, finding));
        });
    }

    private static void checkTaskCounts(JsonNode job, Finding finding) {
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

    /** Checks that rejected calls and aborted uploads have no effect, and that server errors are only 503 and 507. */
    static void responsesAreTruthful(JobHistories histories, Finding finding) {
        histories.calls().filter(call -> call.response().has("status")).forEach(call -> {
            int status = call.response().path("status").asInt();
            finding.expect(status < 500 || ALLOWED_ERRORS.contains(status), "answered with %d: %s", status, call);
        });
        for (JobHistory history : histories.all()) {
            if (history.posts().stream().noneMatch(RecordedCall::mayBeDone)) {
                finding.expect(history.listed().isEmpty(), "rejected but exists: %s", history.listed());
            }
        }
        histories.calls(Operation.VANISH).forEach(_ -> finding.expect(true, ""));
        histories
                .unexpected()
                .forEach(job -> finding.expect(false, "unrequested job, or job of an aborted upload: %s", job));
    }
}
