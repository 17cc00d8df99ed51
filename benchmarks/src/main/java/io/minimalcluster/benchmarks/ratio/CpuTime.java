package io.minimalcluster.benchmarks.ratio;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The CPU time that an action takes. */
final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuTime() {}

    /** An action whose CPU time counts. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** The CPU seconds of the calling thread. */
    static double ofThread(Action action) throws Exception {
        long before = THREADS.getCurrentThreadCpuTime();
        action.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
    }

    /** The CPU seconds of other processes, without those that end meanwhile. */
    static double ofProcesses(Supplier<? extends Collection<ProcessHandle>> processes, Action action) throws Exception {
        Map<ProcessHandle, Duration> before = times(processes.get());
        action.run();
        return times(processes.get()).entrySet().stream()
                        .map(now -> now.getValue().minus(before.getOrDefault(now.getKey(), Duration.ZERO)))
                        .mapToDouble(Duration::toNanos)
                        .sum()
                / 1e9;
    }

    private static Map<ProcessHandle, Duration> times(Collection<ProcessHandle> processes) {
        return processes.stream()
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        process -> process.info().totalCpuDuration().orElse(Duration.ZERO)));
    }
}
