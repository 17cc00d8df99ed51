package io.minimalcluster.master;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Logs a {@link StartupException} as one line, before Spring Boot describes an invalid setting in many. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupExceptionReporter implements SpringBootExceptionReporter {
    private static final Logger log = LoggerFactory.getLogger(StartupExceptionReporter.class);

    @Override
    public boolean reportException(Throwable failure) {
        Optional<StartupException> refused = StartupException.in(failure);
        refused.ifPresent(e -> log.error("event=master.not-started reason=\"{}\"", e.getMessage()));
        return refused.isPresent();
    }
}
