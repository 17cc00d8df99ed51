package io.minimalcluster.client.cli;

/** How a command ends, as scripts rely on it. */
final class ExitCode {
    static final int DONE = 0;
    static final int JOB_FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int REFUSED = 3;
    static final int UNREACHABLE = 4;
    /** By SIGINT, which Ctrl-C sends: as a shell counts it. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
