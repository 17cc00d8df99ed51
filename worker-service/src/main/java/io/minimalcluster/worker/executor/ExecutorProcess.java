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
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A forked JVM that runs tasks: fresh until it serves a first batch, bound to one environment of one scope then. */
final class ExecutorProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOAD = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int BATCHES = 10_000;
    private static final String BUNDLE = "bundle.jar";

    private final ForkedJvm jvm;
    private final boolean network;
    private final long born;
    private final List<String> libraries = new ArrayList<>();
    private boolean ready;
    private int batches;
    private volatile boolean spent;
    private @Nullable ExecutorBinding binding;
    private @Nullable String bundle;
    private @Nullable LoadRequest loaded;
    private long end = TaskStateFile.NO_END;

    /** @param born by the clock that {@link #isReusable} is asked with */
    ExecutorProcess(ForkedJvm jvm, boolean network, long born) {
        this.jvm = jvm;
        this.network = network;
        this.born = born;
    }

    /** Waits for its first frame. */
    void awaitReady() throws JvmEndedException, InterruptedException, ProtocolException {
        if (!ready) {
            expect(FrameKind.READY, START);
            ready = true;
        }
    }

    boolean isFor(ExecutorBinding wanted) {
        return wanted.equals(binding);
    }

    boolean hasNetwork() {
        return network;
    }

    /** Makes it serve an environment; from then on that one alone. */
    void bind(ExecutorBinding to) {
        binding = to;
        batches++;
    }

    /**
     * Makes it ready for the batch's function.
     *
     * @return why that cannot be, for any task
     * @throws IOException if the bundle can't be given to it; a {@link ProtocolException} is its own fault
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
        Frame answer = await(LOAD);
        return switch (answer.kind()) {
            case LOADED -> {
                loaded = load;
                yield Optional.empty();
            }
            case FAILED -> Optional.of(TextSanitizer.fit(FrameHeaders.read(answer.header(), TaskError.class)));
            case LOAD, RUN, COMPILE, READY, PART, DONE, COMPILED, REJECTED, NAME, NAMED ->
                throw new ProtocolException("a " + answer.kind() + " frame for an answer to a load");
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

    TaskStateReading mark() {
        return jvm.mark();
    }

    /** Says that this worker is there: without that a task is ended by its own process after a time. */
    void signOfLife(Duration patience) throws IOException {
        jvm.signOfLife(patience);
    }

    /** Says from which position on it is to start no task of its batch; holds until something else is said. */
    void endAt(long position) throws IOException {
        if (position != end) {
            jvm.endAt(position);
            end = position;
        }
    }

    /** It may go on serving what it is bound to. */
    boolean isReusable(long now) {
        return !spent && jvm.isAlive() && batches < BATCHES && now - born < LIFE.toNanos();
    }

    /** Ends it, and soon: another must not have it. */
    void kill() {
        spent = true;
        jvm.kill();
    }

    /** Ends it if it does not end by itself just now, and tells how it ended. */
    ExitReport end() {
        spent = true;
        return jvm.end();
    }
}
