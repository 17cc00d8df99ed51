package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Call;
import io.minimalcluster.chaos.history.LogLine;
import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.Sha256;
import io.minimalcluster.chaos.order.Expected;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What was seen once is there for ever: counts of successes never sink, and values are those that were recorded. */
final class RecordedResults implements Check {
    @Override
    public Finding check(Stories stories) {
        Finding finding = new Finding(Invariant.I2);
        for (Story story : stories.all()) {
            successesStay(story, finding);
            story.lastLog().ifPresent(log -> values(story, log, finding));
            logsReach(story, finding);
        }
        return finding;
    }

    private static void successesStay(Story story, Finding finding) {
        List<Call> reads = story.calls(Operation.JOB).filter(Call::isOk).toList();
        for (Call read : reads) {
            long seen = succeeded(read);
            reads.stream()
                    .filter(read::isBefore)
                    .forEach(later -> finding.expect(
                            succeeded(later) >= seen,
                            "of %d successes %d are left: %s",
                            seen,
                            succeeded(later),
                            later));
        }
    }

    private static long succeeded(Call read) {
        return read.told().path("tasks").path("succeeded").asLong();
    }

    /** The values that were read when all was over are those of the log, in the order of the arguments. */
    private static void values(Story story, List<LogLine> log, Finding finding) {
        Set<Long> recorded = new HashSet<>();
        log.stream().filter(line -> line.kind().equals("value")).forEach(line -> recorded.add(line.index()));
        String all = LongStream.range(0, story.order().total())
                .mapToObj(index ->
                        recorded.contains(index) && story.order().expected(index) instanceof Expected.Value(String json)
                                ? json
                                : "null")
                .collect(Collectors.joining(",", "[", "]"));
        story.calls(Operation.VALUES)
                .filter(call -> call.isOk() && call.invoke().client().equals(Stories.LAST))
                .forEach(call -> finding.expect(
                        call.told().path("sha256").asString().equals(Sha256.of(all)),
                        "the values of %s are not those that its tasks must have, %s",
                        call.job(),
                        call));
    }

    /** A log that was read while it grew is no longer than the one at the end. */
    private static void logsReach(Story story, Finding finding) {
        story.lastLog()
                .ifPresent(whole -> story.calls(Operation.LOG, Operation.FOLLOW)
                        .filter(call -> call.told().has("lines"))
                        .forEach(call -> finding.expect(
                                Story.position(call) + Story.lines(call).size() <= whole.size(),
                                "results that were read are gone: %d of them at the end, %s",
                                whole.size(),
                                call)));
    }
}
