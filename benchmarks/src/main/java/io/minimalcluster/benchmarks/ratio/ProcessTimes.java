package io.minimalcluster.benchmarks.ratio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The CPU times of processes at a moment. On Linux they contain the times of children that have ended, if the process
 * waited for them. The parent of a bubblewrap sandbox does not wait for the processes inside.
 */
record ProcessTimes(Map<ProcessHandle, Duration> times) {
    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.exists(PROC.resolve("self/stat"));
    private static final int MILLIS_PER_TICK = 10;

    /** The fields of user time, system time and both of the children, after the name of the process. */
    private static final int FIRST_TIME = 11;

    private static final int LAST_TIME = 14;

    ProcessTimes {
        times = Map.copyOf(times);
    }

    /** Reads the times now. Processes that have ended have none. */
    static ProcessTimes of(Collection<ProcessHandle> processes) {
        Map<ProcessHandle, Duration> times = new HashMap<>();
        for (ProcessHandle process : processes) {
            (HAS_PROC ? read(process.pid()) : process.info().totalCpuDuration())
                    .ifPresent(time -> times.put(process, time));
        }
        return new ProcessTimes(times);
    }

    /** The time that these processes took since an earlier moment. Empty if one of the earlier ones has ended. */
    Optional<Duration> since(ProcessTimes before) {
        if (!times.keySet().containsAll(before.times.keySet())) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (Map.Entry<ProcessHandle, Duration> now : times.entrySet()) {
            sum = sum.plus(now.getValue()).minus(before.times.getOrDefault(now.getKey(), Duration.ZERO));
        }
        return Optional.of(sum);
    }

    private static Optional<Duration> read(long process) {
        try {
            String stat = Files.readString(PROC.resolve(process + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            long ticks = 0;
            for (int field = FIRST_TIME; field <= LAST_TIME; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return Optional.of(Duration.ofMillis(ticks * MILLIS_PER_TICK));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }
}
