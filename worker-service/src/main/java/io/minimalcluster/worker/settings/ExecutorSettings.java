package io.minimalcluster.worker.settings;

import io.minimalcluster.model.support.ByteSize;
import io.minimalcluster.model.worker.Isolation;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of executors.
 *
 * @param isolation the isolation level
 * @param minimumIsolation the lowest level at which the worker starts; by default {@code uid} on Linux
 * @param heap of each executor; by default 512m, or an equal share of 60 % of the memory if that is less
 * @param directMemory of each executor
 * @param memory the resident memory of each executor with its child processes; by default the sum of its heap,
 *     metaspace and direct memory, and 384m
 * @param processes the threads and processes of each executor
 * @param openFiles the open files of each process
 * @param fileSize the longest file that a task writes
 * @param tmp the temporary space of each executor
 * @param idle how long an executor without work is kept
 * @param maxOutput the kept length of a task's output
 * @param maxResult the longest result
 * @param network whether jobs that require network access get it
 */
@ConfigurationProperties("minimalcluster.executor")
public record ExecutorSettings(
        @DefaultValue("auto") IsolationChoice isolation,
        @Nullable Isolation minimumIsolation,
        @Nullable ByteSize heap,
        @DefaultValue("128m") ByteSize metaspace,
        @DefaultValue("64m") ByteSize directMemory,
        @Nullable ByteSize memory,
        @DefaultValue("1024") int processes,
        @DefaultValue("1024") int openFiles,
        @DefaultValue("64m") ByteSize fileSize,
        @DefaultValue("64m") ByteSize tmp,
        @DefaultValue("3m") Duration idle,
        @DefaultValue("64k") ByteSize maxOutput,
        @DefaultValue("16m") ByteSize maxResult,
        @DefaultValue("false") boolean network) {
    private static final ByteSize MIN_HEAP = ByteSize.ofMebibytes(16);
    private static final ByteSize MAX_HEAP = ByteSize.valueOf("1t");
    private static final ByteSize DEFAULT_HEAP = ByteSize.ofMebibytes(512);
    private static final ByteSize MIN_METASPACE = ByteSize.ofMebibytes(16);
    private static final ByteSize MEBIBYTE = ByteSize.ofMebibytes(1);
    private static final double MEMORY_SHARE = 0.6;

    /** The memory of a JVM beside the areas that have a limit of their own: code, stacks, its own data. */
    private static final ByteSize HEADROOM = ByteSize.ofMebibytes(384);

    /** The executor itself needs about 30 threads. */
    private static final int MIN_PROCESSES = 64;

    private static final int MIN_OPEN_FILES = 64;
    private static final int MAX_COUNT = 1 << 20;
    private static final Duration MIN_IDLE = Duration.ofSeconds(1);
    private static final Duration MAX_IDLE = Duration.ofHours(1);

    public ExecutorSettings {
        SettingCheck.range("minimalcluster.executor.heap", heap, MIN_HEAP, MAX_HEAP);
        SettingCheck.range(
                "minimalcluster.executor.metaspace", metaspace, MIN_METASPACE, ByteSize.ofMebibytes(16 * 1024));
        SettingCheck.range("minimalcluster.executor.direct-memory", directMemory, MEBIBYTE, MAX_HEAP);
        SettingCheck.range("minimalcluster.executor.memory", memory, ByteSize.ofMebibytes(64), MAX_HEAP);
        SettingCheck.range("minimalcluster.executor.file-size", fileSize, MEBIBYTE, MAX_HEAP);
        SettingCheck.range("minimalcluster.executor.tmp", tmp, MEBIBYTE, MAX_HEAP);
        SettingCheck.range("minimalcluster.executor.processes", processes, MIN_PROCESSES, MAX_COUNT);
        SettingCheck.range("minimalcluster.executor.open-files", openFiles, MIN_OPEN_FILES, MAX_COUNT);
        SettingCheck.range("minimalcluster.executor.idle", idle, MIN_IDLE, MAX_IDLE);
        SettingCheck.range("minimalcluster.executor.max-output", maxOutput, new ByteSize(0), ByteSize.ofMebibytes(16));
        SettingCheck.range("minimalcluster.executor.max-result", maxResult, new ByteSize(1), ByteSize.ofMebibytes(64));
    }

    /** The lowest isolation level at which a worker starts. */
    public Isolation minimumIsolationOrDefault() {
        if (minimumIsolation != null) {
            return minimumIsolation;
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.contains("linux") ? Isolation.UID : Isolation.PROCESS;
    }

    /** The heap of each executor of a worker with a number of slots. */
    public ByteSize heapOrDefault(int slots) {
        return heap == null ? shareOf(machineMemory(), slots) : heap;
    }

    /** The resident memory of each executor of a worker with a number of slots. */
    public ByteSize memoryOrDefault(int slots) {
        long sum = heapOrDefault(slots).bytes() + metaspace.bytes() + directMemory.bytes() + HEADROOM.bytes();
        return memory == null ? new ByteSize(sum) : memory;
    }

    /** The default heap on a machine with an amount of memory. */
    static ByteSize shareOf(long memory, int slots) {
        long share = Math.round(memory * MEMORY_SHARE / slots);
        return ByteSize.ofMebibytes(Math.clamp(share, MIN_HEAP.bytes(), DEFAULT_HEAP.bytes()) / ByteSize.MEBIBYTE);
    }

    /** The memory of the container or machine. */
    private static long machineMemory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
