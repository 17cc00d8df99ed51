package io.minimalcluster.chaos;

import io.minimalcluster.chaos.check.CallCounts;
import io.minimalcluster.chaos.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * What a run showed.
 *
 * @param calls of clients, by what came of them
 * @param faults how often each kind of fault was done
 * @param recovery how long it took until things went on
 */
public record Outcome(Verdict verdict, CallCounts calls, Map<String, Integer> faults, List<String> recovery) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("faults: ");
        faults.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fault -> text.append(fault.getKey())
                        .append(' ')
                        .append(fault.getValue())
                        .append("  "));
        text.append(System.lineSeparator()).append(calls).append(System.lineSeparator());
        recovery.forEach(time -> text.append(time).append(System.lineSeparator()));
        return text.append(System.lineSeparator()).append(verdict).toString();
    }
}
