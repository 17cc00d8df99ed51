package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;

/** Nothing is done for those who show no key, whatever else is wrong. */
final class NoEntry implements Check {
    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I9);
        stories.calls(Operation.PROBE)
                .filter(call -> call.told().has("status"))
                .forEach(call -> finding.expect(!call.isOk(), "without a valid key: %s", call));
        return finding;
    }
}
