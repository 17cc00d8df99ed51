package io.minimalcluster.chaos;

import io.minimalcluster.chaos.check.CallCounts;
import io.minimalcluster.chaos.check.Verdict;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run showed.
 *
 * @param calls of clients, by what came of them
 * @param faults how often each kind of fault was done
 * @param recovery how long it took until things went on, as a table
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
