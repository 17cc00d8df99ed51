package io.minimalcluster.chaos;

/** A run that can report before its completion. */
interface ReportingRun {
    /** Runs to completion and reports. */
    Report execute() throws InterruptedException;

    /** Ends the run from another thread and reports the findings so far. */
    Report abort();

    /**
     * The report to print.
     *
     * @param isClean whether there are no violations
     */
    record Report(String text, boolean isClean) {}
}
