package io.minimalcluster.client.cli.option;

/** How a command ends, as scripts rely on it. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int JOB_FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int REFUSED = 3;
    public static final int UNREACHABLE = 4;
    /** By SIGINT, which Ctrl-C sends: as a shell counts it. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
