package io.minimalcluster.task.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processors of the machine and the threads that run or want to run on them, as the Linux kernel counts both. */
public final class ProcessorLoad {
    private static final String RUNNING = "procs_running ";

    private final Path statistics;

    /** The load of this machine. */
    public ProcessorLoad() {
        this(Path.of("/proc/stat"));
    }

    ProcessorLoad(Path statistics) {
        this.statistics = statistics;
    }

    /** Whether a processor has nothing to run but this thread. True where the kernel does not tell. */
    public boolean hasIdleProcessor() {
        try {
            return hasIdleProcessor(Files.readString(statistics, ISO_8859_1));
        } catch (IOException | NumberFormatException _) {
            return true;
        }
    }

    private static boolean hasIdleProcessor(String statistics) {
        long processors = 0;
        long running = 0;
        for (String line : statistics.split("\n", -1)) {
            if (line.startsWith("cpu") && !line.startsWith("cpu ")) {
                processors++;
            } else if (line.startsWith(RUNNING)) {
                running = Long.parseLong(line.substring(RUNNING.length()).trim());
            }
        }
        return running <= processors || processors == 0;
    }
}
