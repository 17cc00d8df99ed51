package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Checks that no process outlives its parent service, and that processes use no more resources than before, within a
 * margin.
 */
final class BoundedResourcesCheck {
    /** The margin for thread and connection pools, which grow under load and shrink slowly. */
    private static final long MARGIN = 60;

    private BoundedResourcesCheck() {}

    static void check(JobHistories histories, Finding finding) {
        List<RecordedCall> snapshots =
                histories.calls(Operation.RESOURCES).filter(RecordedCall::isOk).toList();
        finding.expect(snapshots.size() >= 2, "resources were not recorded before and after");
        if (snapshots.size() >= 2) {
            compare(snapshots.getFirst().response(), snapshots.getLast().response(), finding);
        }
    }

    private static void compare(JsonNode before, JsonNode after, Finding finding) {
        after.path("orphans")
                .forEach(orphan -> finding.expect(false, "a process outlived its parent service: %s", orphan));
        finding.expect(after.has("orphans"), "orphans were not recorded");
        for (String process : before.path("processes").propertyNames()) {
            JsonNode first = before.path("processes").path(process);
            JsonNode last = after.path("processes").path(process);
            for (String resource : first.propertyNames()) {
                long bound = first.path(resource).asLong() + (resource.equals("children") ? 8 : MARGIN);
                finding.expect(
                        last.has(resource) && last.path(resource).asLong() <= bound,
                        "%s has %s %s, and had %s",
                        process,
                        last.path(resource),
                        resource,
                        first.path(resource));
            }
        }
    }
}
