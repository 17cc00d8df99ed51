package io.minimalcluster.chaos;

import io.minimalcluster.chaos.check.CallCounts;
import io.minimalcluster.chaos.check.Verdict;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The outcome of a chaos run.
 *
 * @param calls the calls of clients by outcome
 * @param faults the number of injected faults by kind
 * @param recovery the recovery times as a table
 */
public record RunOutcome(Verdict verdict, CallCounts calls, Map<String, Integer> faults, String recovery) {
    ReportingRun.Report report() {
        return new ReportingRun.Report(toString(), verdict.isClean());
    }

    @Override
    public String toString() {
        String done = faults.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining("  "));
        return "faults: %s%n%s%n%n".formatted(done, calls)
                + (recovery.isEmpty() ? "" : recovery + System.lineSeparator())
                + verdict;
    }
}
