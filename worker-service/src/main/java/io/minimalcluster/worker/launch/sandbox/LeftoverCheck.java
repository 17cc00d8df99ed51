package io.minimalcluster.worker.launch.sandbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Detects what the tasks of a child left running: threads, processes, and work in pools of the JDK. */
public final class LeftoverCheck {
    /**
     * The names of threads that the JVM, the JDK and the task runtime create when they need them, as the kernel
     * shortens them.
     */
    private static final List<String> JDK_THREADS = List.of(
            "C1 Compiler",
            "C2 Compiler",
            "GC Thread",
            "VM Thread",
            "VM Periodic",
            "Service Thread",
            "Monitor Deflati",
            "Notification Th",
            "Signal Dispatch",
            "Reference Handl",
            "Finalizer",
            "Cleaner-",
            "Common-Cleaner",
            "process reaper",
            "ForkJoinPool",
            "CompletableFutu",
            "CompletionDelay",
            "VirtualThread",
            "Read-Poller",
            "Write-Poller",
            "Master-Poller",
            "ReadPoller",
            "WritePoller",
            "HttpClient-",
            "Keep-Alive-Time",
            "Java2D Disposer",
            "frames",
            "parts",
            "liveness-watchd",
            "descriptor-outp",
            "exit-deadline");

    /** The name that a new thread has from its creator, the main thread of the child, until it sets its own. */
    private static final String UNNAMED = "java";

    private static final int MAX_NAME_CHECKS = 50;
    private static final Duration NAME_INTERVAL = Duration.ofMillis(10);

    /** The CPU share of an idle child above which it works. */
    private static final double WORKING_SHARE = 0.2;

    /** The number of consecutive checks that find a working child. A JIT compiler may work on for some seconds. */
    private static final int MAX_WORKING_CHECKS = 4;

    /** Within this time no process creates as many others as there are numbers for them. */
    private static final Duration NUMBERS_DO_NOT_RECUR = Duration.ofMillis(200);

    /** A new thread has its number before the kernel lists it. */
    private static final Duration VISIBLE_AFTER = Duration.ofMillis(10);

    /** The first may miss a thread that has its number but is not listed yet; checks are a second apart. */
    private static final int SUFFICIENT_SCANS = 2;

    private final ProcessTree tree;
    private final Set<Long> knownThreads = new HashSet<>();
    private @Nullable Set<Long> processesBefore;
    private OptionalLong createdAtCleanCheck = OptionalLong.empty();
    private long firstCleanCheckNanos;
    private long cleanCheckNanos;
    private long lastCpuMillis;
    private long lastCheckNanos;
    private int workingChecks;
    private Set<Long> idleProcesses = Set.of();
    private OptionalLong createdAtIdleScan = OptionalLong.empty();
    private int idleScans;

    public LeftoverCheck(ProcessTree tree) {
        this.tree = tree;
    }

    /** Records the threads and processes before the first task. */
    public synchronized void begin() {
        processesBefore = tree.processes();
        knownThreads.addAll(ProcessTree.threadsExcept(processesBefore, Set.of()).keySet());
    }

    /** What a task left running; empty if nothing, or before {@link #begin}. */
    public synchronized Optional<String> leftovers() {
        if (processesBefore == null) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        OptionalLong created = ProcessTree.lastCreated();
        boolean nothingCreated = created.isPresent() && created.equals(createdAtCleanCheck);
        if (nothingCreated
                && cleanCheckNanos - firstCleanCheckNanos >= VISIBLE_AFTER.toNanos()
                && now - cleanCheckNanos < NUMBERS_DO_NOT_RECUR.toNanos()) {
            return Optional.empty();
        }
        Optional<String> found = leftovers(tree.processes());
        createdAtCleanCheck = found.isEmpty() ? created : OptionalLong.empty();
        firstCleanCheckNanos = nothingCreated ? firstCleanCheckNanos : now;
        cleanCheckNanos = now;
        return found;
    }

    private Optional<String> leftovers(Set<Long> processes) {
        if (!Objects.requireNonNull(processesBefore).containsAll(processes)) {
            return Optional.of("a process");
        }
        return newThreads(processes).stream()
                .filter(name -> !isOfJdk(name))
                .findFirst()
                .map("the thread "::concat);
    }

    /**
     * The names of the threads that a task has started. They are read at each check, because a thread may change its
     * name.
     */
    private Collection<String> newThreads(Set<Long> processes) {
        Collection<String> names =
                ProcessTree.threadsExcept(processes, knownThreads).values();
        for (int i = 0; i < MAX_NAME_CHECKS && names.contains(UNNAMED); i++) {
            LockSupport.parkNanos(NAME_INTERVAL.toNanos());
            names = ProcessTree.threadsExcept(processes, knownThreads).values();
        }
        return names;
    }

    private static boolean isOfJdk(String thread) {
        return thread.isEmpty() || JDK_THREADS.stream().anyMatch(thread::startsWith);
    }

    /**
     * Checks an idle child.
     *
     * @param now the time of the check, by {@link System#nanoTime}
     * @return what runs on, if it is not idle
     */
    public synchronized Optional<String> checkIdle(long now) {
        if (processesBefore == null) {
            return Optional.empty();
        }
        boolean isScanned = scanIfIdle();
        long cpuMillis = ProcessTree.cpuMillis(idleProcesses);
        double share = (cpuMillis - lastCpuMillis) * 1e6 / Math.max(1, now - lastCheckNanos);
        workingChecks = lastCheckNanos != 0 && share > WORKING_SHARE ? workingChecks + 1 : 0;
        lastCpuMillis = cpuMillis;
        lastCheckNanos = now;
        if (workingChecks >= MAX_WORKING_CHECKS) {
            return Optional.of("work");
        }
        return isScanned ? leftovers(idleProcesses) : Optional.empty();
    }

    /**
     * Finds the processes of the idle child. The scan visits all processes of the machine, so it is skipped after two
     * scans with nothing created since the first; a check that finds leftovers is the last.
     */
    private boolean scanIfIdle() {
        OptionalLong created = ProcessTree.lastCreated();
        if (created.isEmpty() || !created.equals(createdAtIdleScan)) {
            idleScans = 0;
        }
        if (idleScans >= SUFFICIENT_SCANS) {
            return false;
        }
        createdAtIdleScan = created;
        idleProcesses = tree.allProcesses();
        idleScans++;
        return true;
    }

    /** Ends the checks of the idle child, because it gets work. */
    public synchronized void endIdle() {
        lastCheckNanos = 0;
        workingChecks = 0;
        idleScans = 0;
    }
}
