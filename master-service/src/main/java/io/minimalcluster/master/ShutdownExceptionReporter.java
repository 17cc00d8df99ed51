package io.minimalcluster.master;

import org.springframework.boot.SpringBootExceptionReporter;

/** Suppresses the report of a startup that failed because the JVM is shutting down, such as after an early SIGTERM. */
final class ShutdownExceptionReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return isShuttingDown();
    }

    private static boolean isShuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException _) { // no hook can be added during a shutdown
            return true;
        }
    }
}
