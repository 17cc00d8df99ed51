package io.minimalcluster.chaos.check;

import java.util.function.BiConsumer;

/** The invariants of a cluster, with their checks. Numbers and titles are those of the documentation. */
public enum Invariant {
    I1("no lost job", true, JobChecks::acceptedJobsExist),
    I2("no lost result", false, RecordedResultsCheck::check),
    I3("one outcome per task", false, SingleOutcomeCheck::check),
    I5("conservation", false, ResponseChecks::taskCountsAddUp),
    I6("progress", true, JobChecks::jobsEnd),
    I7("bounded retries", false, BoundedRetriesCheck::check),
    I9("access control", false, ResponseChecks::callsWithoutKeyFail),
    I10("bounded resources", true, BoundedResourcesCheck::check),
    I11("idempotence", false, JobChecks::repeatedPostsCreateOneJob),
    I12("honest unknowns", false, ResponseChecks::responsesAreTruthful);

    private final String title;
    private final boolean needsFinalState;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final BiConsumer<JobHistories, Finding> check;

    /** @param needsFinalState whether the check needs the final state, which an interrupted run lacks */
    Invariant(String title, boolean needsFinalState, BiConsumer<JobHistories, Finding> check) {
        this.title = title;
        this.needsFinalState = needsFinalState;
        this.check = check;
    }

    public String title() {
        return title;
    }

    boolean needsFinalState() {
        return needsFinalState;
    }

    /** Checks the invariant against a history. */
    Finding check(JobHistories histories) {
        Finding finding = new Finding(this);
        check.accept(histories, finding);
        return finding;
    }
}
