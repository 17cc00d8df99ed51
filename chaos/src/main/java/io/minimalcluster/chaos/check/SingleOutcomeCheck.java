package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.ExpectedOutcome;
import io.minimalcluster.chaos.job.JobRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that each task has one outcome, that it is the expected one, and that it is final. A retry may replace an
 * error.
 */
final class SingleOutcomeCheck {
    private SingleOutcomeCheck() {}

    static void check(JobHistories histories, Finding finding) {
        for (JobHistory history : histories.all()) {
            checkAppendOnly(history, finding);
            history.lastLog().ifPresent(log -> {
                checkSingleOutcome(history, log, finding);
                checkExpectedOutcome(history, log, finding);
            });
            checkFinalStates(history, finding);
        }
    }

    /** All reads of a log position return the same line. */
    private static void checkAppendOnly(JobHistory history, Finding finding) {
        Map<String, ResultLine> known = new HashMap<>();
        history.calls(Operation.LOG, Operation.FOLLOW)
                .filter(call -> call.response().has("lines"))
                .forEach(call -> {
                    long position = JobHistory.position(call);
                    for (ResultLine line : JobHistory.lines(call)) {
                        ResultLine before = known.putIfAbsent(call.job() + "@" + position, line);
                        finding.expect(
                                before == null || before.equals(line),
                                "line %d of %s changed from %s to %s",
                                position,
                                call.job(),
                                before,
                                line);
                        position++;
                    }
                });
    }

    private static void checkSingleOutcome(JobHistory history, List<ResultLine> log, Finding finding) {
        long retries = history.mayBeDoneCount(Operation.RETRY);
        Map<Long, Integer> times = new HashMap<>();
        Set<Long> values = new HashSet<>();
        for (ResultLine line : log) {
            int outcomes = times.merge(line.index(), 1, Integer::sum);
            finding.expect(
                    outcomes <= 1 + retries && !values.contains(line.index()),
                    "task %d of %s has another outcome: %s",
                    line.index(),
                    history.ids(),
                    line);
            if (line.kind().equals("value")) {
                values.add(line.index());
            }
        }
        if (!history.mayBeDone(Operation.CANCEL)) {
            finding.expect(
                    times.size() == history.order().total(),
                    "%s ended with %d outcomes of %d tasks",
                    history.ids(),
                    times.size(),
                    history.order().total());
        }
    }

    private static void checkExpectedOutcome(JobHistory history, List<ResultLine> log, Finding finding) {
        for (ResultLine line : log) {
            finding.expect(
                    isExpected(history.order(), line),
                    "task %d of %s, %s of %d, is %s",
                    line.index(),
                    history.ids(),
                    history.order().behaviour(),
                    history.order().argument(line.index()),
                    line);
        }
    }

    private static boolean isExpected(JobRequest order, ResultLine line) {
        if (line.index() < 0 || line.index() >= order.total()) {
            return false;
        }
        return switch (order.expected(line.index())) {
            case ExpectedOutcome.Value(String json) -> line.equals(ResultLine.ofValue(line.index(), json));
            case ExpectedOutcome.Failure(String kind) -> line.kind().equals(kind);
        };
    }

    /** A final state changes only by a retry. */
    private static void checkFinalStates(JobHistory history, Finding finding) {
        List<RecordedCall> reads =
                history.calls(Operation.JOB).filter(RecordedCall::isOk).toList();
        for (RecordedCall end : reads) {
            String state = end.response().path("state").asString();
            if (JobChecks.isEnd(end.response())) {
                reads.stream()
                        .filter(later -> end.isBefore(later) && !isRetried(history, later))
                        .forEach(later -> finding.expect(
                                later.response().path("state").asString().equals(state), "%s became %s", state, later));
            }
        }
    }

    private static boolean isRetried(JobHistory history, RecordedCall before) {
        return history.calls(Operation.RETRY).anyMatch(retry -> retry.mayBeDone() && !before.isBefore(retry));
    }
}
