package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Set;

/** Checks that rejected calls and aborted uploads have no effect, and that server errors are only 503 and 507. */
final class TruthfulResponsesCheck implements Check {
    private static final Set<Integer> ALLOWED_ERRORS = Set.of(503, 507);

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I12);
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
        return finding;
    }
}
