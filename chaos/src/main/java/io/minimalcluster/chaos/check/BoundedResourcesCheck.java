package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** When all is over nothing is left of what was killed, and nobody holds more than before, give or take. */
final class BoundedResourcesCheck implements Check {
    /** Pools of threads and of connections fill under load, and do not empty at once. */
    private static final long MORE = 60;

    @Override
    public boolean needsFinalState() {
        return true;
    }

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I10);
        List<RecordedCall> looks =
                histories.calls(Operation.RESOURCES).filter(RecordedCall::isOk).toList();
        finding.expect(looks.size() >= 2, "resources were not looked at before and after");
        if (looks.size() >= 2) {
            compare(looks.getFirst().told(), looks.getLast().told(), finding);
        }
        return finding;
    }

    private static void compare(JsonNode before, JsonNode after, Finding finding) {
        after.path("orphans")
                .forEach(orphan -> finding.expect(false, "a process outlived the one that it worked for: %s", orphan));
        finding.expect(after.has("orphans"), "orphans were not looked for");
        for (String process : before.path("processes").propertyNames()) {
            JsonNode first = before.path("processes").path(process);
            JsonNode last = after.path("processes").path(process);
            for (String what : first.propertyNames()) {
                long bound = first.path(what).asLong() + (what.equals("children") ? 8 : MORE);
                finding.expect(
                        last.has(what) && last.path(what).asLong() <= bound,
                        "%s has %s %s, and had %s",
                        process,
                        last.path(what),
                        what,
                        first.path(what));
            }
        }
    }
}
