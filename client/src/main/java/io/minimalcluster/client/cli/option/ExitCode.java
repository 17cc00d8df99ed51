package io.minimalcluster.client.cli.option;

/** The exit codes of the command line. Scripts rely on them. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int JOB_FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int REFUSED = 3;
    public static final int UNREACHABLE = 4;
    /** Ended by SIGINT: 128 plus the number of the signal, as in a shell. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
