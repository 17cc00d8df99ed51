package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;

/** Checks that no call without a valid key succeeds. */
final class AuthenticationCheck implements Check {
    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I9);
        histories
                .calls(Operation.PROBE)
                .filter(call -> call.response().has("status"))
                .forEach(call -> finding.expect(!call.isOk(), "without a valid key: %s", call));
        return finding;
    }
}
