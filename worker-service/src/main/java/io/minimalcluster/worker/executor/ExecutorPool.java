package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.launch.JvmEnded;
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

    private final Watch watch;
    private final Roster roster;
    private final Trial trial;
    private final Doubt doubt;

    /**
     * Starts the first executors.
     *
     * @param runtime the program of the executors, see {@link TaskRuntimeJar}
     * @param slots how many batches are to run at a time
     */
    public ExecutorPool(Launcher launcher, Path runtime, ExecutorLimits limits, int slots) {
        watch = new Watch(limits, System::nanoTime);
        roster = new Roster(slots, network -> launch(launcher, request(runtime, limits, network)), System::nanoTime);
        trial = new Trial(this, launcher.folder());
        doubt = new Doubt(trial);
        roster.replenish();
    }

    private static LaunchRequest request(Path runtime, ExecutorLimits limits, boolean network) {
        return new LaunchRequest(runtime, TaskRuntimeJar.MAIN, List.of("executor"), limits.jvm(), true, network);
    }

    private static Executor launch(Launcher launcher, LaunchRequest request) throws IOException {
        return new Executor(launcher.launch(request), request.network(), System.nanoTime());
    }

    /** How many executors there are. */
    public int size() {
        return roster.size();
    }

    /** Says for how long tasks are to run on when this process is not there any more, or stands still. */
    public void mayBeSilentFor(Duration time) {
        watch.mayBeSilentFor(time);
    }

    /**
     * Runs a function of our own.
     *
     * @throws ExecutorUnavailable if even that can't be done: it is not users' code that is at fault
     */
    public void tryOut() throws ExecutorUnavailable, InterruptedException {
        trial.run();
    }

    /** A batch to run; nothing happens before it is told to. */
    public BatchRun prepare(BatchWork work, BatchListener listener) {
        return new BatchRun(work, listener, this);
    }

    /** An executor that is ready to load; waits while as many as may be are busy. */
    Executor take(Binding binding) throws ExecutorUnavailable, InterruptedException {
        String failure = "";
        for (int i = 0; i < STILLBORN; i++) {
            Executor executor = roster.take(binding);
            boolean ready = false;
            try {
                executor.awaitReady();
                executor.bind(binding);
                ready = true;
                return executor;
            } catch (JvmEnded ended) {
                failure = executor.end().describe();
            } catch (ProtocolException violation) {
                failure = "the process sent " + violation.getMessage();
            } finally {
                if (!ready) {
                    executor.kill();
                    roster.giveBack(executor);
                }
            }
        }
        throw new ExecutorUnavailable("no executor gets ready: " + failure);
    }

    /** After a batch, whatever came of it. */
    void giveBack(Executor executor) {
        roster.giveBack(executor);
    }

    Doubt doubt() {
        return doubt;
    }

    Watch watch() {
        return watch;
    }

    boolean isClosed() {
        return roster.isClosed();
    }

    /** Ends all executors; batches that run get no more outcomes, and no other executor. */
    @Override
    public void close() {
        roster.close();
        watch.close();
    }
}
