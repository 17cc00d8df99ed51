package io.minimalcluster.worker;

import io.minimalcluster.worker.executor.ExecutorLimits;
import io.minimalcluster.worker.executor.ExecutorPool;
import io.minimalcluster.worker.launch.LaunchSettings;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.TaskRuntimeJar;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import io.minimalcluster.worker.launch.sandbox.SandboxUser;
import io.minimalcluster.worker.master.KeySource;
import io.minimalcluster.worker.master.MasterAddresses;
import io.minimalcluster.worker.settings.ExecutorSettings;
import io.minimalcluster.worker.settings.WorkerOptions;
import io.minimalcluster.worker.settings.WorkerSettings;
import java.io.IOException;

/** Creates a worker from settings, for a process of its own or as the local worker of a master. */
public final class WorkerFactory {
    private WorkerFactory() {}

    /** The launch settings of executors. */
    public static LaunchSettings launchSettings(ExecutorSettings executor) {
        return new LaunchSettings(
                executor.isolation().named().orElse(null),
                executor.minimumIsolationOrDefault(),
                SandboxUser.FIRST_USER_ID);
    }

    /**
     * The identity of a worker.
     *
     * @param version of this software
     * @param local whether the worker runs in the process of a master
     */
    public record Identity(WorkerSettings settings, String version, boolean local) {}

    /**
     * Creates a worker with its own executor pool, and starts the first executors.
     *
     * @param launcher remains owned by the caller, and must be closed after the worker
     */
    public static Worker assemble(
            Launcher launcher, Identity identity, ExecutorSettings executor, KeySource key, MasterAddresses masters)
            throws IOException {
        WorkerSettings settings = identity.settings();
        int slots = settings.slotsOrDefault();
        int maxResult = Math.toIntExact(executor.maxResult().bytes());
        ExecutorLimits limits = new ExecutorLimits(
                executor.heapOrDefault(slots).bytes(),
                executor.metaspace().bytes(),
                executor.directMemory().bytes(),
                executor.memoryOrDefault(slots).bytes(),
                new ProcessLimits(
                        executor.processes(),
                        executor.openFiles(),
                        executor.fileSize().bytes(),
                        executor.tmp().bytes()),
                Math.toIntExact(executor.maxOutput().bytes()),
                maxResult,
                executor.idle());
        WorkerOptions options = new WorkerOptions(
                settings.nameOrDefault(),
                slots,
                settings.labels(),
                launcher.isolation(),
                identity.version(),
                identity.local(),
                maxResult,
                executor.network(),
                limits.heapBytes(),
                settings.drain(),
                launcher.folder());
        ExecutorPool pool = new ExecutorPool(launcher, TaskRuntimeJar.unpack(launcher), limits, slots);
        return new Worker(options, key, masters, pool);
    }
}
