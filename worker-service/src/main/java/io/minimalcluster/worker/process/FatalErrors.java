package io.minimalcluster.worker.process;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process if a thread ends that it can't work without, or if the JVM fails. A supervisor can restart an ended
 * process, and all state is on disk.
 */
public final class FatalErrors implements Thread.UncaughtExceptionHandler {
    /** Exit code, the same as that of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    private static final Logger log = LoggerFactory.getLogger(FatalErrors.class);

    /** The threads of Tomcat and of the JDK's HTTP server that accept connections and wait for requests. */
    private static final Pattern VITAL_THREAD = Pattern.compile(".*-(Acceptor|Poller)|HTTP-Dispatcher");

    private final Runnable end;

    FatalErrors(Runnable end) {
        this.end = end;
    }

    /** Handles the uncaught exceptions of all threads of this process. */
    public static void endProcess() {
        Thread.setDefaultUncaughtExceptionHandler(
                new FatalErrors(() -> Runtime.getRuntime().halt(EXIT_CODE)));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        boolean isFatal = (error instanceof VirtualMachineError && !(error instanceof StackOverflowError))
                || VITAL_THREAD.matcher(thread.getName()).matches();
        try {
            log.error("event={} thread={}", isFatal ? "process.failed" : "thread.failed", thread.getName(), error);
        } finally {
            if (isFatal) {
                end.run();
            }
        }
    }
}
