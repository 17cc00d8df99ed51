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

/** Each task has one outcome, the right one, and it never changes; a retry may replace one that was no value. */
final class SingleOutcomeCheck implements Check {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I3);
        for (JobHistory history : histories.all()) {
            appendsOnly(history, finding);
            history.lastLog().ifPresent(log -> {
                once(history, log, finding);
                right(history, log, finding);
            });
            endsStay(history, finding);
        }
        return finding;
    }

    /** Whoever read a position of the log read the same. */
    private static void appendsOnly(JobHistory history, Finding finding) {
        Map<String, ResultLine> known = new HashMap<>();
        history.calls(Operation.LOG, Operation.FOLLOW)
                .filter(call -> call.told().has("lines"))
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

    private static void once(JobHistory history, List<ResultLine> log, Finding finding) {
        long retries = history.mayBeTimes(Operation.RETRY);
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
        if (!history.mayBe(Operation.CANCEL)) {
            finding.expect(
                    times.size() == history.order().total(),
                    "%s ended with %d outcomes of %d tasks",
                    history.ids(),
                    times.size(),
                    history.order().total());
        }
    }

    private static void right(JobHistory history, List<ResultLine> log, Finding finding) {
        for (ResultLine line : log) {
            finding.expect(
                    isExpected(history.order(), line),
                    "task %d of %s, %s of %d, is %s",
                    line.index(),
                    history.ids(),
                    history.order().deed(),
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

    /** States go forward; only a retry takes a job back from its end. */
    private static void endsStay(JobHistory history, Finding finding) {
        List<RecordedCall> reads =
                history.calls(Operation.JOB).filter(RecordedCall::isOk).toList();
        for (RecordedCall end : reads) {
            String state = end.told().path("state").asString();
            if (ENDS.contains(state)) {
                reads.stream()
                        .filter(later -> end.isBefore(later) && !isRetried(history, later))
                        .forEach(later -> finding.expect(
                                later.told().path("state").asString().equals(state), "%s became %s", state, later));
            }
        }
    }

    private static boolean isRetried(JobHistory history, RecordedCall before) {
        return history.calls(Operation.RETRY).anyMatch(retry -> retry.mayBeDone() && !before.isBefore(retry));
    }
}
