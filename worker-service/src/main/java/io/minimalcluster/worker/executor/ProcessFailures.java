package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.worker.executor.protocol.TextSanitizer;
import io.minimalcluster.worker.launch.ExitReport;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The errors of tasks whose process ended or was killed. */
final class ProcessFailures {
    private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();
    private static final String NEWER_CLASS_FILE = UnsupportedClassVersionError.class.getName();
    private static final Pattern REASON = Pattern.compile(Pattern.quote(OUT_OF_MEMORY) + ": (.+)");

    private ProcessFailures() {}

    /** Whether a function that could not be loaded may load on a worker with a later Java. */
    static boolean mayLoadElsewhere(TaskError error) {
        return error.type() == null && String.valueOf(error.message()).contains(NEWER_CLASS_FILE);
    }

    static TaskError timeout(Duration limit) {
        String seconds = limit.toMillis() % 1000 == 0
                ? String.valueOf(limit.toSeconds())
                : String.valueOf(limit.toMillis() / 1000.0);
        return error(ErrorKind.TIMEOUT, null, "it ran longer than " + seconds + " s");
    }

    /** @param violation why the process was ended; null if it ended by itself */
    static TaskError ended(ExitReport exitReport, @Nullable String violation) {
        if (violation != null) {
            return error(ErrorKind.CRASH, null, "the process was ended: " + violation);
        }
        if (exitReport.isOutOfMemory()) {
            Matcher reason = REASON.matcher(exitReport.lastOutput());
            return error(ErrorKind.OUT_OF_MEMORY, OUT_OF_MEMORY, reason.find() ? reason.group(1) : "no memory left");
        }
        return error(ErrorKind.CRASH, null, TextSanitizer.wellFormed(exitReport.describe(), Integer.MAX_VALUE));
    }

    private static TaskError error(ErrorKind kind, @Nullable String type, String message) {
        return new TaskError(kind, type, message, List.of(), 1);
    }
}
