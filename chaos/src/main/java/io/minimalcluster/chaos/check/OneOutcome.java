package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.order.Expected;
import io.minimalcluster.chaos.order.Order;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each task has one outcome, the right one, and it never changes; a retry may replace one that was no value. */
final class OneOutcome implements Check {
    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I3);
        for (Story story : stories.all()) {
            appendsOnly(story, finding);
            story.lastLog().ifPresent(log -> {
                once(story, log, finding);
                right(story, log, finding);
            });
            endsStay(story, finding);
        }
        return finding;
    }

    /** Whoever read a position of the log read the same. */
    private static void appendsOnly(Story story, Finding finding) {
        Map<String, LogLine> known = new HashMap<>();
        story.calls(Operation.LOG, Operation.FOLLOW)
                .filter(call -> call.told().has("lines"))
                .forEach(call -> {
                    long position = Story.position(call);
                    for (LogLine line : Story.lines(call)) {
                        LogLine before = known.putIfAbsent(call.job() + "@" + position, line);
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

    private static void once(Story story, List<LogLine> log, Finding finding) {
        long retries = story.mayBeTimes(Operation.RETRY);
        Map<Long, Integer> times = new HashMap<>();
        Set<Long> values = new HashSet<>();
        for (LogLine line : log) {
            int outcomes = times.merge(line.index(), 1, Integer::sum);
            finding.expect(
                    outcomes <= 1 + retries && !values.contains(line.index()),
                    "task %d of %s has another outcome: %s",
                    line.index(),
                    story.ids(),
                    line);
            if (line.kind().equals("value")) {
                values.add(line.index());
            }
        }
        if (!story.mayBe(Operation.CANCEL)) {
            finding.expect(
                    times.size() == story.order().total(),
                    "%s ended with %d outcomes of %d tasks",
                    story.ids(),
                    times.size(),
                    story.order().total());
        }
    }

    private static void right(Story story, List<LogLine> log, Finding finding) {
        for (LogLine line : log) {
            finding.expect(
                    isExpected(story.order(), line),
                    "task %d of %s, %s of %d, is %s",
                    line.index(),
                    story.ids(),
                    story.order().deed(),
                    story.order().argument(line.index()),
                    line);
        }
    }

    private static boolean isExpected(Order order, LogLine line) {
        if (line.index() < 0 || line.index() >= order.total()) {
            return false;
        }
        return switch (order.expected(line.index())) {
            case Expected.Value(String json) -> line.equals(LogLine.ofValue(line.index(), json));
            case Expected.Failure(String kind) -> line.kind().equals(kind);
        };
    }

    /** States go forward; only a retry takes a job back from its end. */
    private static void endsStay(Story story, Finding finding) {
        List<Call> reads = story.calls(Operation.JOB).filter(Call::isOk).toList();
        for (Call end : reads) {
            String state = end.told().path("state").asString();
            if (ENDS.contains(state)) {
                reads.stream()
                        .filter(later -> end.isBefore(later) && !isRetried(story, later))
                        .forEach(later -> finding.expect(
                                later.told().path("state").asString().equals(state), "%s became %s", state, later));
            }
        }
    }

    private static boolean isRetried(Story story, Call before) {
        return story.calls(Operation.RETRY).anyMatch(retry -> retry.mayBeDone() && !before.isBefore(retry));
    }
}
