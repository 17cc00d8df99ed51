package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.Operation;
import io.minimalcluster.chaos.history.RecordedCall;
import io.minimalcluster.chaos.history.ResultLine;
import io.minimalcluster.chaos.job.ExpectedOutcome;
import io.minimalcluster.model.support.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What was seen once is there for ever: counts of successes never sink, and values are those that were recorded. */
final class RecordedResultsCheck implements Check {
    @Override
    public Finding check(JobHistories histories) {
        Finding finding = new Finding(Invariant.I2);
        for (JobHistory history : histories.all()) {
            successesStay(history, finding);
            history.lastLog().ifPresent(log -> values(history, log, finding));
            logsReach(history, finding);
        }
        return finding;
    }

    private static void successesStay(JobHistory history, Finding finding) {
        List<RecordedCall> reads =
                history.calls(Operation.JOB).filter(RecordedCall::isOk).toList();
        for (RecordedCall read : reads) {
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

    private static long succeeded(RecordedCall read) {
        return read.told().path("tasks").path("succeeded").asLong();
    }

    /** The values that were read when all was over are those of the log, in the order of the arguments. */
    private static void values(JobHistory history, List<ResultLine> log, Finding finding) {
        Set<Long> recorded = new HashSet<>();
        log.stream().filter(line -> line.kind().equals("value")).forEach(line -> recorded.add(line.index()));
        String all = LongStream.range(0, history.order().total())
                .mapToObj(index -> recorded.contains(index)
                                && history.order().expected(index) instanceof ExpectedOutcome.Value(String json)
                        ? json
                        : "null")
                .collect(Collectors.joining(",", "[", "]"));
        history.calls(Operation.VALUES)
                .filter(call -> call.isOk() && call.invoke().client().equals(JobHistories.LAST))
                .forEach(call -> finding.expect(
                        call.told().path("sha256").asString().equals(Sha256.hex(all)),
                        "the values of %s are not those that its tasks must have, %s",
                        call.job(),
                        call));
    }

    /** A log that was read while it grew is no longer than the one at the end. */
    private static void logsReach(JobHistory history, Finding finding) {
        history.lastLog()
                .ifPresent(whole -> history.calls(Operation.LOG, Operation.FOLLOW)
                        .filter(call -> call.told().has("lines"))
                        .forEach(call -> finding.expect(
                                JobHistory.position(call)
                                                + JobHistory.lines(call).size()
                                        <= whole.size(),
                                "results that were read are gone: %d of them at the end, %s",
                                whole.size(),
                                call)));
    }
}
