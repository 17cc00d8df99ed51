package io.minimalcluster.worker.settings;

import io.minimalcluster.model.worker.Isolation;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of the JVMs that run tasks.
 *
 * @param isolation how they are walled off
 * @param minimumIsolation what they must have, or the worker does not start; by default {@code uid} on Linux
 * @param heap of each; by default 512m, or its part of 60 % of the memory where that is less
 * @param maxOutput what is kept of what a task prints
 * @param maxResult the longest result
 * @param network whether jobs that ask for the network get it
 */
@ConfigurationProperties("minimalcluster.executor")
public record ExecutorSettings(
        @DefaultValue("auto") IsolationChoice isolation,
        @Nullable Isolation minimumIsolation,
        @Nullable ByteSize heap,
        @DefaultValue("128m") ByteSize metaspace,
        @DefaultValue("64k") ByteSize maxOutput,
        @DefaultValue("16m") ByteSize maxResult,
        @DefaultValue("false") boolean network) {
    private static final ByteSize LEAST_HEAP = ByteSize.ofMebibytes(16);
    private static final ByteSize MOST_HEAP = ByteSize.ofMebibytes(1 << 20);
    private static final ByteSize USUAL_HEAP = ByteSize.ofMebibytes(512);
    private static final double SHARE = 0.6;

    public ExecutorSettings {
        if (heap != null) {
            heap.within("minimalcluster.executor.heap", LEAST_HEAP, MOST_HEAP);
        }
        metaspace.within("minimalcluster.executor.metaspace", ByteSize.ofMebibytes(16), ByteSize.ofMebibytes(1 << 14));
        maxOutput.within("minimalcluster.executor.max-output", new ByteSize(0), ByteSize.ofMebibytes(16));
        maxResult.within("minimalcluster.executor.max-result", new ByteSize(1), ByteSize.ofMebibytes(64));
    }

    /** The isolation below which a worker does not start. */
    public Isolation minimumIsolationOrDefault() {
        if (minimumIsolation != null) {
            return minimumIsolation;
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.contains("linux") ? Isolation.UID : Isolation.PROCESS;
    }

    /** The heap of each of so many executors. */
    public ByteSize heapOrDefault(int slots) {
        return heap == null ? shareOf(memory(), slots) : heap;
    }

    /** The default for a machine with so much memory. */
    static ByteSize shareOf(long memory, int slots) {
        long share = Math.round(memory * SHARE / slots) >> 20;
        return ByteSize.ofMebibytes(Math.clamp(share, LEAST_HEAP.bytes() >> 20, USUAL_HEAP.bytes() >> 20));
    }

    /** Of the container, where this is one. */
    private static long memory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
