package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.RecordedCall;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The findings for all invariants. */
public record Verdict(List<Finding> findings) {
    private static final int MAX_SHOWN = 10;

    public static Verdict of(List<RecordedCall> calls) {
        return of(calls, _ -> true);
    }

    /** The verdict on an interrupted run, without the checks that need the final state. */
    public static Verdict soFar(List<RecordedCall> calls) {
        return of(calls, invariant -> !invariant.needsFinalState());
    }

    private static Verdict of(List<RecordedCall> calls, Predicate<Invariant> checked) {
        JobHistories histories = JobHistories.of(calls);
        return new Verdict(Arrays.stream(Invariant.values())
                .filter(checked)
                .map(invariant -> invariant.check(histories))
                .toList());
    }

    public boolean isClean() {
        return findings.stream().allMatch(finding -> finding.violations().isEmpty());
    }

    /** The finding for an invariant. */
    public Finding of(Invariant invariant) {
        return findings.stream()
                .filter(finding -> finding.invariant() == invariant)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-28s %10s %11s%n", "invariant", "checked", "violations"));
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %,10d %11d%n",
                    finding.invariant() + " " + finding.invariant().title(),
                    finding.checked(),
                    finding.violations().size()));
        }
        for (Finding finding : findings) {
            finding.violations().stream()
                    .limit(MAX_SHOWN)
                    .forEach(violation -> text.append(finding.invariant())
                            .append(": ")
                            .append(violation)
                            .append(System.lineSeparator()));
        }
        return text.toString();
    }
}
