package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Checks that every accepted job exists with all its tasks, unless a client deleted it, and that deleted jobs stay
 * deleted.
 */
final class AcceptedJobsCheck implements Check {
    @Override
    public boolean needsFinalState() {
        return true;
    }

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I1);
        finding.expect(histories.calls(Operation.LIST).anyMatch(RecordedCall::isOk), "the jobs were never listed");
        histories.all().forEach(history -> check(history, finding));
        return finding;
    }

    private static void check(JobHistory history, Finding finding) {
        Set<String> existing =
                history.listed().stream().map(job -> job.path("id").asString()).collect(Collectors.toSet());
        history.posts().stream()
                .filter(RecordedCall::isOk)
                .map(RecordedCall::job)
                .distinct()
                .forEach(id -> {
                    boolean deleted = history.calls(Operation.DELETE).anyMatch(RecordedCall::mayBeDone);
                    finding.expect(
                            existing.contains(id) || deleted,
                            "%s was accepted as %s but does not exist",
                            history.order().name(),
                            id);
                });
        for (JsonNode job : history.listed()) {
            long total = job.path("tasks").path("total").asLong();
            finding.expect(
                    total == history.order().total(),
                    "%s has %d tasks of %d",
                    job.path("id"),
                    total,
                    history.order().total());
        }
        history.calls(Operation.DELETE).filter(RecordedCall::isOk).forEach(delete -> {
            finding.expect(!existing.contains(delete.job()), "%s was deleted but exists", delete.job());
            checkLaterReads(history, delete, finding);
        });
    }

    private static void checkLaterReads(JobHistory history, RecordedCall delete, Finding finding) {
        history.calls(Operation.JOB)
                .filter(read -> read.job().equals(delete.job()) && delete.isBefore(read))
                .forEach(read ->
                        finding.expect(!read.isOk(), "%s was deleted but was read later: %s", delete.job(), read));
    }
}
