package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.RecordedCall;
import java.util.stream.Collectors;

/** Checks that repeated posts with one key create one job and return this job. */
final class IdempotenceCheck implements Check {
    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I11);
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
        return finding;
    }
}
