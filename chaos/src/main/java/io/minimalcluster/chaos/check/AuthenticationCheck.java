package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;

/** Nothing is done for those who show no key, whatever else is wrong. */
final class AuthenticationCheck implements Check {
    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I9);
        histories
                .calls(Operation.PROBE)
                .filter(call -> call.told().has("status"))
                .forEach(call -> finding.expect(!call.isOk(), "without a valid key: %s", call));
        return finding;
    }
}
