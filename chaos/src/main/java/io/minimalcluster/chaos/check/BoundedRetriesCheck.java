package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.TaskBehaviour;
import java.util.List;
import java.util.stream.LongStream;

/** Checks that a poison task ends as {@code crash} and does not fail other tasks. */
final class BoundedRetriesCheck {
    private BoundedRetriesCheck() {}

    static void check(JobHistories histories, Finding finding) {
        for (JobHistory history : histories.all()) {
            if (history.order().behaviour() == TaskBehaviour.CRASHES && !history.mayBeDone(Operation.CANCEL)) {
                history.lastLog().ifPresent(log -> check(history, log, finding));
            }
        }
    }

    private static void check(JobHistory history, List<ResultLine> log, Finding finding) {
        for (ResultLine line : log) {
            finding.expect(
                    line.kind().equals("value")
                            || TaskBehaviour.isPoison(history.order().argument(line.index())),
                    "task %d of %s is %s because of another that ended its process",
                    line.index(),
                    history.ids(),
                    line.kind());
        }
        LongStream.range(0, history.order().total())
                .filter(index -> TaskBehaviour.isPoison(history.order().argument(index)))
                .forEach(index -> finding.expect(
                        log.stream()
                                .anyMatch(line ->
                                        line.index() == index && line.kind().equals("crash")),
                        "task %d of %s ended its process and has not crashed",
                        index,
                        history.ids()));
    }
}
