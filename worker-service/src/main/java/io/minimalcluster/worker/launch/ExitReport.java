package io.minimalcluster.worker.launch;

import io.minimalcluster.task.process.ProcessExit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a JVM ended.
 *
 * @param exitCode 128 and the number of the signal where one ended it
 * @param fault why it had to be ended, such as a broken frame; null where it ended by itself or was told to
 * @param lastOutput the end of what it wrote to its standard error
 * @param mark what ran at the end
 */
public record ExitReport(int exitCode, @Nullable String fault, String lastOutput, TaskStateReading mark) {
    /** What a JVM that has no memory left exits with, as it is told to. */
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

    /** The name of the signal that ended it, if one did. */
    public Optional<String> signal() {
        return Optional.ofNullable(SIGNALS.get(exitCode - SIGNALLED));
    }

    /** It had no memory left: the JVM says so when it ends for that, and users' code may exit with any code. */
    public boolean isOutOfMemory() {
        return exitCode == OUT_OF_MEMORY && fault == null && lastOutput.contains(OUT_OF_MEMORY_ERROR);
    }

    /** It says that it ended itself, for it had not heard of this process for too long; so may user code say. */
    public boolean isCutOff() {
        return exitCode == ProcessExit.CUT_OFF && fault == null;
    }

    /** In words for a user, with what it said last. */
    public String describe() {
        String said = lastOutput.strip();
        return how() + (said.isEmpty() ? "" : "; it said last:\n" + said);
    }

    private String how() {
        if (fault != null) {
            return "the process was ended: " + fault;
        }
        return signal().map(name -> "the process was ended by " + name + " (exit code " + exitCode + ")")
                .orElse("the process ended with exit code " + exitCode);
    }
}
