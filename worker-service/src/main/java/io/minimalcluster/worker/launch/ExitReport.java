package io.minimalcluster.worker.launch;

import io.minimalcluster.task.process.ExitDeadline;
import io.minimalcluster.task.process.ProcessExit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a JVM ended.
 *
 * @param exitCode 128 plus the signal number if a signal ended it
 * @param fault the violation for which it was killed, such as a malformed frame; null if it ended by itself or on
 *     request
 * @param lastOutput the end of its standard error
 * @param taskState the task state at the end
 * @param isExit whether user code called for the end, such as by {@link System#exit}
 */
public record ExitReport(
        int exitCode, @Nullable String fault, String lastOutput, TaskStateReading taskState, boolean isExit) {
    /** The exit code of a JVM after an OutOfMemoryError. */
    private static final int OUT_OF_MEMORY = ProcessExit.OUT_OF_MEMORY;

    private static final String OUT_OF_MEMORY_ERROR = OutOfMemoryError.class.getName();
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    /** The name of the signal that ended the process, if any. */
    public Optional<String> signal() {
        return Optional.ofNullable(SIGNALS.get(exitCode - SIGNALLED));
    }

    /**
     * Whether the JVM ran out of memory. The error message is checked too, because user code may exit with any code.
     */
    public boolean isOutOfMemory() {
        return exitCode == OUT_OF_MEMORY && fault == null && lastOutput.contains(OUT_OF_MEMORY_ERROR);
    }

    /**
     * Whether the process reports that it ended itself for lack of liveness signals. User code can fake this exit code.
     */
    public boolean isCutOff() {
        return exitCode == ProcessExit.CUT_OFF && fault == null;
    }

    /** A description for users, with the last output. */
    public String describe() {
        String output = lastOutput.strip();
        return describeExit() + (output.isEmpty() ? "" : "; last output:\n" + output);
    }

    private String describeExit() {
        if (fault != null) {
            return "the process was ended: " + fault;
        }
        if (exitCode == ProcessExit.STUCK) {
            return "the task ended the process, and its shutdown hooks took more than " + ExitDeadline.GRACE.toSeconds()
                    + " s";
        }
        String subject = isExit || exitCode == 0 ? "the task ended the process" : "the process ended";
        return signal().map(name -> "the process was ended by " + name + " (exit code " + exitCode + ")")
                .orElse(subject + " with exit code " + exitCode);
    }
}
