package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.FrameHeaders;
import io.minimalcluster.worker.executor.protocol.SharedValue;
import io.minimalcluster.worker.executor.protocol.TextSanitizer;
import io.minimalcluster.worker.launch.ExitReport;
import io.minimalcluster.worker.launch.ForkedJvm;
import io.minimalcluster.worker.launch.JvmEndedException;
import io.minimalcluster.worker.launch.TaskStateReading;
import io.minimalcluster.worker.launch.sandbox.LeftoverCheck;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An executor: a forked JVM that runs tasks. It is fresh until its first batch, which binds it to a scope and an
 * environment.
 */
final class ExecutorProcess {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final int MAX_BATCHES = 10_000;
    private static final String BUNDLE = "bundle.jar";

    private final ForkedJvm jvm;
    private final LeftoverCheck leftoverCheck;
    private final long startedAt;
    private final List<String> libraries = new ArrayList<>();
    private boolean ready;
    private int batches;
    private volatile boolean retired;
    private volatile boolean overMemory;
    private volatile long idleSince;
    private @Nullable ExecutorBinding binding;
    private @Nullable String bundle;
    private @Nullable LoadRequest loaded;
    private long end = TaskStateFile.NO_END;

    /** @param startedAt the start time, by the clock of {@link #isReusable} */
    ExecutorProcess(ForkedJvm jvm, long startedAt) {
        this.jvm = jvm;
        this.leftoverCheck = new LeftoverCheck(jvm.processes());
        this.startedAt = startedAt;
    }

    /** Waits for the READY frame. */
    void awaitReady() throws JvmEndedException, InterruptedException, ProtocolException {
        if (!ready) {
            expect(FrameKind.READY, START_TIMEOUT);
            leftoverCheck.begin();
            ready = true;
        }
    }

    boolean isFor(ExecutorBinding wanted) {
        return wanted.equals(binding);
    }

    /** Binds the executor to an environment and scope. */
    void bind(ExecutorBinding to) {
        binding = to;
        batches++;
    }

    /**
     * Loads the function of a batch.
     *
     * @return the error of all tasks if the function cannot be loaded
     * @throws IOException if the bundle cannot be passed to the executor; a {@link ProtocolException} if the executor
     *     violates the protocol
     */
    Optional<TaskError> load(BatchSpec work, ExecutorLimits limits)
            throws IOException, JvmEndedException, InterruptedException {
        if (bundle == null) {
            bundle = jvm.give(work.bundle(), BUNDLE);
            for (Path library : work.libraries()) {
                libraries.add(jvm.give(library, libraries.size() + ".jar"));
            }
        }
        int maxResultBytes = Math.min(work.maxResultBytes(), limits.maxResultBytes());
        SharedValue shared = work.shared();
        String digest = shared == null ? null : shared.digest();
        LoadRequest load = new LoadRequest(
                bundle, libraries, work.method(), work.fold(), digest, maxResultBytes, limits.maxOutputBytes());
        if (load.equals(loaded)) {
            return Optional.empty();
        }
        loaded = null;
        jvm.send(new Frame(FrameKind.LOAD, FrameHeaders.write(load), shared == null ? new byte[0] : shared.json()));
        Frame answer = await(LOAD_TIMEOUT);
        return switch (answer.kind()) {
            case LOADED -> {
                loaded = load;
                yield Optional.empty();
            }
            case FAILED -> Optional.of(TextSanitizer.fit(FrameHeaders.read(answer.header(), TaskError.class)));
            case LOAD, RUN, COMPILE, READY, PART, DONE, COMPILED, REJECTED, NAME, NAMED ->
                throw new ProtocolException("a " + answer.kind() + " frame in response to a load");
        };
    }

    private void expect(FrameKind kind, Duration limit)
            throws JvmEndedException, InterruptedException, ProtocolException {
        Frame frame = await(limit);
        if (frame.kind() != kind) {
            throw new ProtocolException("a " + frame.kind() + " frame instead of " + kind);
        }
    }

    private Frame await(Duration limit) throws JvmEndedException, InterruptedException, ProtocolException {
        return jvm.receive(limit).orElseThrow(() -> new ProtocolException("nothing for " + limit.toSeconds() + " s"));
    }

    void send(Frame frame) throws JvmEndedException {
        jvm.send(frame);
    }

    Optional<Frame> receive(Duration timeout) throws JvmEndedException, InterruptedException {
        return jvm.receive(timeout);
    }

    TaskStateReading taskState() {
        return jvm.taskState();
    }

    /** What the current task has printed, or the last one before the end of the executor. */
    byte[] taskOutput() {
        return jvm.taskOutput();
    }

    /** Whether the executor reports that it has begun to exit. */
    boolean isExiting() {
        return jvm.isExiting();
    }

    /** Writes the liveness signal. Without it the executor ends its task after a timeout. */
    void writeLivenessSignal(Duration timeout) throws IOException {
        jvm.writeLivenessSignal(timeout);
    }

    /** Sets the position from which on no task of the batch may start, until it is set again. */
    void endAt(long position) throws IOException {
        if (position != end) {
            jvm.endAt(position);
            end = position;
        }
    }

    /** Whether the executor may run another batch of its binding. */
    boolean isReusable(long now) {
        return !retired && jvm.isAlive() && batches < MAX_BATCHES && now - startedAt < MAX_AGE.toNanos();
    }

    /** What the tasks of the executor left running or do. */
    LeftoverCheck leftoverCheck() {
        return leftoverCheck;
    }

    /** Records that the executor is idle. */
    void idleSince(long now) {
        idleSince = now;
    }

    /** Since when the executor is idle, if it is. */
    long idleSince() {
        return idleSince;
    }

    /** Kills the executor if it and its descendants use more memory than a limit. Returns whether they do. */
    boolean killOverMemory(long limit) {
        if (jvm.isAlive() && jvm.processes().memoryBytes() > limit) {
            overMemory = true;
            kill();
        }
        return overMemory;
    }

    /** Whether the executor was killed because it used too much memory. */
    boolean isOverMemory() {
        return overMemory;
    }

    /** Kills the executor and excludes it from reuse. */
    void kill() {
        retired = true;
        jvm.kill();
    }

    /** Ends the executor and returns how it ended. */
    ExitReport end() {
        retired = true;
        return jvm.end();
    }
}
