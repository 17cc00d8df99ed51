package io.minimalcluster.worker.process;

import java.io.IOException;

/** Ends this process when its parent process ends, which closes standard input. */
public final class ParentWatchdog {
    private static final String ENDS_WITH_PARENT = "ENDS_WITH_PARENT";

    private ParentWatchdog() {}

    /** Exits as on SIGTERM when the parent has ended. Enabled by the environment variable {@code ENDS_WITH_PARENT}. */
    public static void exitWithParent() {
        if ("true".equals(System.getenv(ENDS_WITH_PARENT))) {
            Thread.ofPlatform().name("parent").daemon().start(ParentWatchdog::exitOnEndOfInput);
        }
    }

    private static void exitOnEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // input is ignored
            }
        } catch (IOException _) {
            // handled like the end of input
        }
        System.exit(0);
    }
}
