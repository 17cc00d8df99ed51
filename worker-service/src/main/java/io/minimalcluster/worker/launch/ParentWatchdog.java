package io.minimalcluster.worker.launch;

import java.io.IOException;

/** Whoever started this process, where it is not to go on alone: its end, however it comes, is the end of our input. */
public final class ParentWatchdog {
    private static final String ENDS_WITH_PARENT = "ENDS_WITH_PARENT";

    private ParentWatchdog() {}

    /** Ends this process as a signal would when its parent is gone; does nothing unless that was asked for. */
    public static void exitWithParent() {
        if ("true".equals(System.getenv(ENDS_WITH_PARENT))) {
            Thread.ofPlatform().name("parent").daemon().start(ParentWatchdog::endWhenGone);
        }
    }

    private static void endWhenGone() {
        try {
            while (System.in.read() >= 0) {
                // whatever it says is not for us
            }
        } catch (IOException e) {
            // it says nothing any more, then
        }
        System.exit(0);
    }
}
