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

/** Checks that recorded results persist: success counts never decrease, and values are the expected ones. */
final class RecordedResultsCheck {
    private RecordedResultsCheck() {}

    static void check(JobHistories histories, Finding finding) {
        for (JobHistory history : histories.all()) {
            checkSuccessCounts(history, finding);
            history.lastLog().ifPresent(log -> checkValues(history, log, finding));
            checkLogLengths(history, finding);
        }
    }

    private static void checkSuccessCounts(JobHistory history, Finding finding) {
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
        return read.response().path("tasks").path("succeeded").asLong();
    }

    /** The values in the final state are those of the log, in the order of arguments. */
    private static void checkValues(JobHistory history, List<ResultLine> log, Finding finding) {
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
                        call.response().path("sha256").asString().equals(Sha256.hex(all)),
                        "the values of %s are not the expected ones, %s",
                        call.job(),
                        call));
    }

    /** A log read during the run is no longer than the final log. */
    private static void checkLogLengths(JobHistory history, Finding finding) {
        history.lastLog()
                .ifPresent(whole -> history.calls(Operation.LOG, Operation.FOLLOW)
                        .filter(call -> call.response().has("lines"))
                        .forEach(call -> finding.expect(
                                JobHistory.position(call)
                                                + JobHistory.lines(call).size()
                                        <= whole.size(),
                                "results that were read are missing: %d at the end, %s",
                                whole.size(),
                                call)));
    }
}
