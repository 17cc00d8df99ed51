package io.minimalcluster.chaos;

/** Something that takes its time, and of which there is something to tell if it is ended before. */
interface ReportingRun {
    /** Does it, to its end. */
    Report whole() throws InterruptedException;

    /** Ends at once, from another thread, all that was started; what was seen until then. */
    Report end();

    /**
     * What is to be printed.
     *
     * @param isClean whether nothing was seen that must not be
     */
    record Report(String text, boolean isClean) {}
}
