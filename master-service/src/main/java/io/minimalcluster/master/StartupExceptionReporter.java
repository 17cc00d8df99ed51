package io.minimalcluster.master;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;

/** Logs a {@link StartupException} as one line instead of a stack trace. */
final class StartupExceptionReporter implements SpringBootExceptionReporter {
    private static final Logger log = LoggerFactory.getLogger(StartupExceptionReporter.class);

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartupException refused) {
                log.error("event=master.not-started reason=\"{}\"", refused.getMessage());
                return true;
            }
        }
        return false;
    }
}
