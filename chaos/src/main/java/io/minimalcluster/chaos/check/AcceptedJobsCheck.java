package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Acknowledged without seen is empty: what was accepted is there with all its tasks, unless somebody deleted it. */
final class AcceptedJobsCheck implements Check {
    @Override
    public boolean needsFinalState() {
        return true;
    }

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I1);
        finding.expect(histories.calls(Operation.LIST).anyMatch(RecordedCall::isOk), "all jobs were never listed");
        histories.all().forEach(history -> check(history, finding));
        return finding;
    }

    private static void check(JobHistory history, Finding finding) {
        Set<String> there =
                history.listed().stream().map(job -> job.path("id").asString()).collect(Collectors.toSet());
        history.posts().stream()
                .filter(RecordedCall::isOk)
                .map(RecordedCall::job)
                .distinct()
                .forEach(id -> {
                    boolean deleted = history.calls(Operation.DELETE).anyMatch(RecordedCall::mayBeDone);
                    finding.expect(
                            there.contains(id) || deleted,
                            "%s was accepted as %s and is not there",
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
            finding.expect(!there.contains(delete.job()), "%s was deleted and is there again", delete.job());
            staysAway(history, delete, finding);
        });
    }

    private static void staysAway(JobHistory history, RecordedCall delete, Finding finding) {
        history.calls(Operation.JOB)
                .filter(look -> look.job().equals(delete.job()) && delete.isBefore(look))
                .forEach(look ->
                        finding.expect(!look.isOk(), "%s was deleted and was seen after: %s", delete.job(), look));
    }
}
