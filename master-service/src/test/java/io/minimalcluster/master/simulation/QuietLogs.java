package io.minimalcluster.master.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is logged of thousands of lives would be most of the work, and nobody would read it. */
final class QuietLogs {
    private static final List<String> LOGGERS = List.of("org.springframework", "io.minimalcluster.master");

    private QuietLogs() {}

    static void begin() {
        set(Level.ERROR);
    }

    static void end() {
        set(null);
    }

    private static void set(@Nullable Level level) {
        LOGGERS.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
    }
}
