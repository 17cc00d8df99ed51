package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import java.util.stream.Collectors;

/** A call that is repeated with its key makes one job, and gives that job. */
final class Idempotence implements Check {
    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I11);
        for (Story story : stories.all()) {
            if (story.order().keyed()) {
                finding.expect(
                        story.ids().size() <= 1,
                        "%s with one key became %s: %s",
                        story.order().name(),
                        story.ids(),
                        story.posts().stream().map(Call::toString).collect(Collectors.joining("; ")));
            } else {
                long attempts = story.posts().stream().filter(Call::mayBeDone).count();
                finding.expect(
                        story.ids().size() <= attempts,
                        "%s was posted %d times and became %s",
                        story.order().name(),
                        attempts,
                        story.ids());
            }
        }
        return finding;
    }
}
