package io.minimalcluster.master.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Raises log levels during simulations, because logging would take most of their time. */
final class LogSilencer {
    private static final List<String> LOGGERS = List.of("org.springframework", "io.minimalcluster.master");

    /** Logger of corrected counters. A correction would hide the defect, so its errors are collected. */
    private static final String LEASES = "io.minimalcluster.master.scheduling";

    private static final ListAppender<ILoggingEvent> ERRORS = new ListAppender<>();

    private LogSilencer() {}

    /** Errors that the lease code logged since {@code begin}. */
    static List<String> errors() {
        return List.copyOf(ERRORS.list).stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    static void begin() {
        set(Level.ERROR);
        ERRORS.list.clear();
        ERRORS.start();
        ((Logger) LoggerFactory.getLogger(LEASES)).addAppender(ERRORS);
    }

    static void end() {
        ((Logger) LoggerFactory.getLogger(LEASES)).detachAppender(ERRORS);
        set(null);
    }

    private static void set(@Nullable Level level) {
        LOGGERS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
    }
}
