package io.minimalcluster.worker.executor;

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

/** The executors of a worker: some fresh and warm, some bound to what they last served, at most two more than slots. */
public final class ExecutorPool implements AutoCloseable {
    /** How often in a row a new executor may end before it is ready. */
    private static final int STILLBORN = 3;

    private final TaskTimeoutMonitor timeoutMonitor;
    private final ExecutorRegistry registry;
    private final SelfTest selfTest;
    private final FaultAttribution attribution;

    /**
     * Starts the first executors.
     *
     * @param runtime the program of the executors, see {@link TaskRuntimeJar}
     * @param slots how many batches are to run at a time
     */
    public ExecutorPool(Launcher launcher, Path runtime, ExecutorLimits limits, int slots) {
        timeoutMonitor = new TaskTimeoutMonitor(limits, System::nanoTime);
        registry = new ExecutorRegistry(
                slots, network -> launch(launcher, request(runtime, limits, network)), System::nanoTime);
        selfTest = new SelfTest(this, launcher.folder());
        attribution = new FaultAttribution(selfTest);
        registry.replenish();
    }

    private static LaunchRequest request(Path runtime, ExecutorLimits limits, boolean network) {
        return new LaunchRequest(runtime, TaskRuntimeJar.MAIN, List.of("executor"), limits.jvm(), true, network);
    }

    private static ExecutorProcess launch(Launcher launcher, LaunchRequest request) throws IOException {
        return new ExecutorProcess(launcher.launch(request), request.network(), System.nanoTime());
    }

    /** How many executors there are. */
    public int size() {
        return registry.size();
    }

    /** Says for how long tasks are to run on when this process is not there any more, or stands still. */
    public void setSilenceLimit(Duration time) {
        timeoutMonitor.setSilenceLimit(time);
    }

    /**
     * Runs a function of our own.
     *
     * @throws ExecutorUnavailableException if even that can't be done: it is not users' code that is at fault
     */
    public void selfTest() throws ExecutorUnavailableException, InterruptedException {
        selfTest.run();
    }

    /** A batch to run; nothing happens before it is told to. */
    public BatchRun prepare(BatchSpec work, BatchListener listener) {
        return new BatchRun(work, listener, this);
    }

    /** An executor that is ready to load; waits while as many as may be are busy. */
    ExecutorProcess take(ExecutorBinding binding) throws ExecutorUnavailableException, InterruptedException {
        String failure = "";
        for (int i = 0; i < STILLBORN; i++) {
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
                    registry.giveBack(executor);
                }
            }
        }
        throw new ExecutorUnavailableException("no executor gets ready: " + failure);
    }

    /** After a batch, whatever came of it. */
    void giveBack(ExecutorProcess executor) {
        registry.giveBack(executor);
    }

    FaultAttribution doubt() {
        return attribution;
    }

    TaskTimeoutMonitor watch() {
        return timeoutMonitor;
    }

    boolean isClosed() {
        return registry.isClosed();
    }

    /** Ends all executors; batches that run get no more outcomes, and no other executor. */
    @Override
    public void close() {
        registry.close();
        timeoutMonitor.close();
    }
}
