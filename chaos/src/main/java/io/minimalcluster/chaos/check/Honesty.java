package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.Operation;
import java.util.Set;

/** What was refused was not done, what was left in the middle is not there, and trouble is said to be trouble. */
final class Honesty implements Check {
    private static final Set<Integer> TROUBLE = Set.of(503, 507);

    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I12);
        stories.calls().filter(call -> call.told().has("status")).forEach(call -> {
            int status = call.told().path("status").asInt();
            finding.expect(status < 500 || TROUBLE.contains(status), "answered with %d: %s", status, call);
        });
        for (Story story : stories.all()) {
            if (story.posts().stream().noneMatch(Call::mayBeDone)) {
                finding.expect(story.listed().isEmpty(), "refused, and there: %s", story.listed());
            }
        }
        stories.calls(Operation.VANISH).forEach(_ -> finding.expect(true, ""));
        stories.unexpected().forEach(job -> finding.expect(false, "nobody asked for %s, or not to its end", job));
        return finding;
    }
}
