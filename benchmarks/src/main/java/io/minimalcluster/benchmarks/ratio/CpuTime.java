package io.minimalcluster.benchmarks.ratio;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** The CPU time that an action takes. */
final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int MAX_ATTEMPTS = 5;

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

    /**
     * The CPU seconds of other processes. If one of them ends meanwhile, its time is not known, and the action is
     * repeated.
     *
     * @param processes lists the processes at the moment
     * @throws IllegalStateException if a process ended in each of several attempts
     */
    static double ofProcesses(Supplier<? extends Collection<ProcessHandle>> processes, Action action) throws Exception {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            ProcessTimes before = ProcessTimes.of(processes.get());
            action.run();
            Optional<Duration> taken = ProcessTimes.of(processes.get()).since(before);
            if (taken.isPresent()) {
                return taken.get().toNanos() / 1e9;
            }
        }
        throw new IllegalStateException("a process ended in each of " + MAX_ATTEMPTS + " attempts");
    }
}
