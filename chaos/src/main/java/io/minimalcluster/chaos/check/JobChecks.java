package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Checks of whole jobs. */
final class JobChecks {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private JobChecks() {}

    /**
     * Checks that every accepted job exists with all its tasks, unless a client deleted it, and that deleted jobs stay
     * deleted.
     */
    static void acceptedJobsExist(JobHistories histories, Finding finding) {
        finding.expect(histories.calls(Operation.LIST).anyMatch(RecordedCall::isOk), "the jobs were never listed");
        histories.all().forEach(history -> checkExistence(history, finding));
    }

    private static void checkExistence(JobHistory history, Finding finding) {
        Set<String> existing =
                history.listed().stream().map(job -> job.path("id").asString()).collect(Collectors.toSet());
        boolean deleted = history.mayBeDone(Operation.DELETE);
        history.posts().stream()
                .filter(RecordedCall::isOk)
                .map(RecordedCall::job)
                .distinct()
                .forEach(id -> finding.expect(
                        existing.contains(id) || deleted,
                        "%s was accepted as %s but does not exist",
                        history.order().name(),
                        id));
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

    /** Checks that every job ends after the last fault, and that only requested cancellations occur. */
    static void jobsEnd(JobHistories histories, Finding finding) {
        for (JobHistory history : histories.all()) {
            for (JsonNode job : history.listed()) {
                finding.expect(
                        isEnd(job), "%s has not ended: %s", history.order().name(), job);
                if (!history.mayBeDone(Operation.CANCEL)) {
                    finding.expect(
                            !job.path("state").asString().equals("CANCELLED"), "cancelled without a request: %s", job);
                }
            }
        }
    }

    static boolean isEnd(JsonNode job) {
        return ENDS.contains(job.path("state").asString());
    }

    /** Checks that repeated posts with one key create one job and return this job. */
    static void repeatedPostsCreateOneJob(JobHistories histories, Finding finding) {
        for (JobHistory history : histories.all()) {
            if (history.order().keyed()) {
                finding.expect(
                        history.ids().size() <= 1,
                        "%s with one key became %s: %s",
                        history.order().name(),
                        history.ids(),
                        history.posts().stream().map(RecordedCall::toString).collect(Collectors.joining("; ")));
            } else {
                long attempts =
                        history.posts().stream().filter(RecordedCall::mayBeDone).count();
                finding.expect(
                        history.ids().size() <= attempts,
                        "%s was posted %d times and became %s",
                        history.order().name(),
                        attempts,
                        history.ids());
            }
        }
    }
}
