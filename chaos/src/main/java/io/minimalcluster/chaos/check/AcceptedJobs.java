package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Acknowledged without seen is empty: what was accepted is there with all its tasks, unless somebody deleted it. */
final class AcceptedJobs implements Check {
    @Override
    public boolean isAboutTheEnd() {
        return true;
    }

    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I1);
        finding.expect(stories.calls(Operation.LIST).anyMatch(Call::isOk), "all jobs were never listed");
        stories.all().forEach(story -> check(story, finding));
        return finding;
    }

    private static void check(Story story, Finding finding) {
        Set<String> there =
                story.listed().stream().map(job -> job.path("id").asString()).collect(Collectors.toSet());
        story.posts().stream().filter(Call::isOk).map(Call::job).distinct().forEach(id -> {
            boolean deleted = story.calls(Operation.DELETE).anyMatch(Call::mayBeDone);
            finding.expect(
                    there.contains(id) || deleted,
                    "%s was accepted as %s and is not there",
                    story.order().name(),
                    id);
        });
        for (JsonNode job : story.listed()) {
            long total = job.path("tasks").path("total").asLong();
            finding.expect(
                    total == story.order().total(),
                    "%s has %d tasks of %d",
                    job.path("id"),
                    total,
                    story.order().total());
        }
        story.calls(Operation.DELETE).filter(Call::isOk).forEach(delete -> {
            finding.expect(!there.contains(delete.job()), "%s was deleted and is there again", delete.job());
            staysAway(story, delete, finding);
        });
    }

    private static void staysAway(Story story, Call delete, Finding finding) {
        story.calls(Operation.JOB)
                .filter(look -> look.job().equals(delete.job()) && delete.isBefore(look))
                .forEach(look ->
                        finding.expect(!look.isOk(), "%s was deleted and was seen after: %s", delete.job(), look));
    }
}
