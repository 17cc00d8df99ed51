package io.minimalcluster.chaos.check;

import io.minimalcluster.chaos.history.RecordedCall;
import java.util.List;
import java.util.Locale;

/** The findings for all invariants. */
public record Verdict(List<Finding> findings) {
    private static final int MAX_SHOWN = 10;
    private static final List<Check> CHECKS = List.of(
            new AcceptedJobsCheck(),
            new RecordedResultsCheck(),
            new SingleOutcomeCheck(),
            new TaskCountsCheck(),
            new ProgressCheck(),
            new BoundedRetriesCheck(),
            new AuthenticationCheck(),
            new BoundedResourcesCheck(),
            new IdempotenceCheck(),
            new TruthfulResponsesCheck());

    public static Verdict of(List<RecordedCall> calls) {
        return of(JobHistories.of(calls), CHECKS);
    }

    /** The verdict on an interrupted run, without the checks that need the final state. */
    public static Verdict soFar(List<RecordedCall> calls) {
        return of(
                JobHistories.of(calls),
                CHECKS.stream().filter(check -> !check.needsFinalState()).toList());
    }

    private static Verdict of(JobHistories histories, List<Check> checks) {
        return new Verdict(checks.stream().map(check -> check.check(histories)).toList());
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
