package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.order.Deed;
import java.util.List;
import java.util.stream.LongStream;

/** A task that ends its process is given up, alone, and said to have crashed. */
final class BoundedRetries implements Check {
    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I7);
        for (Story story : stories.all()) {
            if (story.order().deed() == Deed.CRASHES && !story.mayBe(Operation.CANCEL)) {
                story.lastLog().ifPresent(log -> check(story, log, finding));
            }
        }
        return finding;
    }

    private static void check(Story story, List<LogLine> log, Finding finding) {
        for (LogLine line : log) {
            finding.expect(
                    line.kind().equals("value") || Deed.isPoison(story.order().argument(line.index())),
                    "task %d of %s is %s because of another that ended its process",
                    line.index(),
                    story.ids(),
                    line.kind());
        }
        LongStream.range(0, story.order().total())
                .filter(index -> Deed.isPoison(story.order().argument(index)))
                .forEach(index -> finding.expect(
                        log.stream()
                                .anyMatch(line ->
                                        line.index() == index && line.kind().equals("crash")),
                        "task %d of %s ended its process and has not crashed",
                        index,
                        story.ids()));
    }
}
