package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Set;

/** What was refused was not done, what was left in the middle is not there, and trouble is said to be trouble. */
final class TruthfulResponsesCheck implements Check {
    private static final Set<Integer> TROUBLE = Set.of(503, 507);

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I12);
        histories.calls().filter(call -> call.told().has("status")).forEach(call -> {
            int status = call.told().path("status").asInt();
            finding.expect(status < 500 || TROUBLE.contains(status), "answered with %d: %s", status, call);
        });
        for (JobHistory history : histories.all()) {
            if (history.posts().stream().noneMatch(RecordedCall::mayBeDone)) {
                finding.expect(history.listed().isEmpty(), "refused, and there: %s", history.listed());
            }
        }
        histories.calls(Operation.VANISH).forEach(_ -> finding.expect(true, ""));
        histories.unexpected().forEach(job -> finding.expect(false, "nobody asked for %s, or not to its end", job));
        return finding;
    }
}
