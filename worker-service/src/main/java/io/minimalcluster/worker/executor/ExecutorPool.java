package io.minimalcluster.worker.executor;

import io.minimalcluster.task.TaskRuntime;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.launch.JvmEndedException;
import io.minimalcluster.worker.launch.LaunchRequest;
import io.minimalcluster.worker.launch.Launcher;
import io.minimalcluster.worker.launch.TaskRuntimeJar;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The pool of a worker's executors: some fresh and warmed up, some bound to an environment, at most two more than
 * slots.
 */
public final class ExecutorPool implements BatchExecutor {
    /** The number of consecutive executors that may end before they are ready. */
    private static final int MAX_START_FAILURES = 3;

    private final TaskTimeoutMonitor timeoutMonitor;
    private final ExecutorRegistry registry;
    private final SelfTest selfTest;
    private final FaultAttribution faultAttribution;
    private final ExecutorLimits limits;
    private final LimitMessages limitMessages;

    /**
     * Creates a pool and starts the first executors.
     *
     * @param runtime the program of the executors, see {@link TaskRuntimeJar}
     * @param slots the number of batches that run at a time
     */
    public ExecutorPool(Launcher launcher, Path runtime, ExecutorLimits limits, int slots) {
        this.limits = limits;
        limitMessages = new LimitMessages(limits, launcher.isolation());
        timeoutMonitor = new TaskTimeoutMonitor(limits, System::nanoTime);
        registry = new ExecutorRegistry(
                slots, network -> launch(launcher, request(runtime, limits, network)), limits, System::nanoTime);
        selfTest = new SelfTest(this, launcher.folder());
        faultAttribution = new FaultAttribution(selfTest);
        registry.replenish();
    }

    private static LaunchRequest request(Path runtime, ExecutorLimits limits, boolean network) {
        return new LaunchRequest(runtime, List.of(TaskRuntime.EXECUTOR), limits.jvm(), true, network);
    }

    private static ExecutorProcess launch(Launcher launcher, LaunchRequest request) throws IOException {
        return new ExecutorProcess(launcher.launch(request), System.nanoTime());
    }

    @Override
    public int processes() {
        return registry.size();
    }

    @Override
    public void setLivenessTimeout(Duration timeout) {
        timeoutMonitor.setLivenessTimeout(timeout);
    }

    @Override
    public void selfTest() throws ExecutorUnavailableException, InterruptedException {
        selfTest.run();
    }

    @Override
    public BatchRun prepare(BatchSpec work, BatchListener listener) {
        return new BatchRun(work, listener, this);
    }

    /** Takes an executor that is ready to load. Waits while the maximum number of executors is busy. */
    ExecutorProcess take(ExecutorBinding binding) throws ExecutorUnavailableException, InterruptedException {
        String failure = "";
        for (int i = 0; i < MAX_START_FAILURES; i++) {
            ExecutorProcess executor = registry.take(binding);
            boolean ready = false;
            try {
                executor.awaitReady();
                executor.bind(binding);
                ready = true;
                return executor;
            } catch (JvmEndedException ended) {
                failure = executor.end().describe();
            } catch (ProtocolException violation) {
                failure = "the process sent " + violation.getMessage();
            } finally {
                if (!ready) {
                    executor.kill();
                    registry.release(executor);
                }
            }
        }
        throw new ExecutorUnavailableException("no executor becomes ready: " + failure);
    }

    /** Returns an executor to the pool after a batch. */
    void release(ExecutorProcess executor) {
        registry.release(executor);
    }

    ExecutorLimits limits() {
        return limits;
    }

    LimitMessages limitMessages() {
        return limitMessages;
    }

    FaultAttribution faultAttribution() {
        return faultAttribution;
    }

    TaskTimeoutMonitor timeoutMonitor() {
        return timeoutMonitor;
    }

    boolean isClosed() {
        return registry.isClosed();
    }

    /** Kills all executors. Running batches get no more outcomes and no other executor. */
    @Override
    public void close() {
        registry.close();
        timeoutMonitor.close();
    }
}
