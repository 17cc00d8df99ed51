package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.worker.launch.sandbox.ProcessTree;
import io.minimalcluster.worker.launch.sandbox.StderrCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A forked JVM, as seen from its parent. It is ended by SIGKILL only. The owner must call {@link #end}, which also
 * removes all its files.
 */
public final class ForkedJvm {
    private static final Logger log = LoggerFactory.getLogger(ForkedJvm.class);
    private static final Duration OWN_EXIT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final Process process;
    private final SandboxFiles files;
    private final Consumer<ForkedJvm> onEnd;
    private final OutputStream stdin;
    private final FrameReceiver receiver;
    private final ProcessTree processes;
    private final StderrCollector stderr = new StderrCollector(this::onOutputLimit);
    private final Thread stdoutThread;
    private final Thread stderrThread;
    private volatile @Nullable String outputViolation;
    private volatile boolean killed;
    private @Nullable ExitReport exitReport;

    ForkedJvm(Process process, SandboxFiles files, LaunchRequest request, Consumer<ForkedJvm> onEnd) {
        this.process = process;
        this.files = files;
        this.onEnd = onEnd;
        this.processes = new ProcessTree(process.pid(), files.userId(), files.folder());
        this.stdin = process.getOutputStream();
        this.receiver = new FrameReceiver(
                process.getInputStream(), request.limits().frameBytes(), () -> !process.isAlive(), stderr);
        this.stdoutThread = startReader("stdout", receiver);
        this.stderrThread = startReader("stderr", () -> stderr.drain(process.getErrorStream()));
    }

    /** Starts a platform thread, because reading a pipe would pin the carrier of a virtual thread. */
    private Thread startReader(String name, Runnable reader) {
        return Thread.ofPlatform().daemon().name(name + "-" + process.pid()).start(reader);
    }

    private void onOutputLimit() {
        outputViolation = "it wrote more than " + StderrCollector.CAP + " bytes beside its frames";
        kill();
    }

    /** The process id of the outermost process, whose kill ends all others. */
    public long pid() {
        return process.pid();
    }

    /** The process and its descendants. */
    public ProcessTree processes() {
        return processes;
    }

    /** Whether the process is alive. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a frame. Blocks while the JVM does not read. Not thread-safe. */
    public void send(Frame frame) throws JvmEndedException {
        try {
            frame.writeTo(stdin);
        } catch (IOException closed) {
            throw new JvmEndedException("the process does not read its input: " + closed.getMessage());
        }
    }

    /**
     * Receives the next frame; empty after the timeout. Not thread-safe.
     *
     * @throws JvmEndedException if the JVM ended or sent a malformed frame
     */
    public Optional<Frame> receive(Duration timeout) throws JvmEndedException, InterruptedException {
        Optional<Frame> frame = receiver.take(timeout);
        if (frame.isPresent() && frame.get().kind() == FrameKind.READY) {
            sealTaskState();
        }
        return frame;
    }

    private void sealTaskState() throws JvmEndedException {
        try {
            files.sealTaskState();
            files.keepOutput();
        } catch (IOException e) {
            throw new JvmEndedException("the task state file is not accessible: " + e.getMessage());
        }
    }

    /** Closes standard input, on which a well-behaved child exits. */
    void closeInput() throws IOException {
        stdin.close();
    }

    /** The folder of all its files. */
    Path folder() {
        return files.folder();
    }

    /** The current task state, or the last one after the end. */
    public TaskStateReading taskState() {
        return files.taskState();
    }

    /** What the current task has printed, or the last one before the end. */
    public byte[] taskOutput() {
        return files.taskOutput();
    }

    /** Whether the JVM reports that it has begun to exit. */
    public boolean isExiting() {
        return files.isExiting();
    }

    /**
     * Writes the liveness signal. A JVM with a task state file ends itself if a task runs and no signal arrives within
     * the timeout.
     */
    public void writeLivenessSignal(Duration timeout) throws IOException {
        files.writeLivenessSignal(timeout);
    }

    /** Sets the position from which on a JVM with a task state file starts no task of its batch. */
    public void endAt(long position) throws IOException {
        files.endAt(position);
    }

    /**
     * Makes a file readable for the JVM, but not writable. A name can be used once.
     *
     * @return the path as the JVM sees it
     */
    public String give(Path file, String name) throws IOException {
        return files.give(file, name);
    }

    /** Removes a file of {@link #give}. An open file stays readable until the JVM closes it. */
    public void takeBack(String name) throws IOException {
        files.takeBack(name);
    }

    /**
     * Kills the process without waiting. Frames that it has sent can still be received: {@link Process#destroyForcibly}
     * would close the pipes. Idempotent and thread-safe.
     */
    public void kill() {
        killed = true;
        List<ProcessHandle> children = files.isSwept()
                ? List.of() // they end with the process or are deleted
                : process.descendants().toList();
        process.toHandle().destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        processes.killSeen();
    }

    /** Kills the process, waits for its end and removes its files. Idempotent. */
    public synchronized ExitReport end() {
        if (exitReport == null) {
            awaitOwnExit();
            boolean endedByItself = !killed && !process.isAlive();
            kill();
            drainOutput();
            exitReport = new ExitReport(
                    exitCode(), endedByItself ? null : fault(), stderr.end(), files.taskState(), files.isExiting());
            stdoutThread.interrupt();
            removeFiles();
            closeOutput();
            onEnd.accept(this);
        }
        return exitReport;
    }

    /** Waits briefly for a process that is exiting, because its own exit code says more than SIGKILL. */
    private void awaitOwnExit() {
        try {
            if (!killed && receiver.isFinished()) {
                process.waitFor(OWN_EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!process.isAlive()) {
                stderrThread.join(OWN_EXIT_TIMEOUT);
                stdoutThread.join(receiver.fault() == null ? Duration.ofNanos(1) : OWN_EXIT_TIMEOUT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int exitCode() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + KILL_TIMEOUT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return process.isAlive() ? -1 : process.exitValue();
    }

    private @Nullable String fault() {
        return outputViolation != null ? outputViolation : receiver.fault();
    }

    private void drainOutput() {
        try {
            stderr.drain(new ByteArrayInputStream(files.unreadOutput()));
        } catch (IOException e) {
            log.warn("event=output.lost pid={} reason=\"{}\"", process.pid(), e.getMessage());
        }
    }

    /**
     * Closes the pipes that an orphan may hold open. The JDK closes standard input when the process has ended, which
     * may wait for a thread that still sends.
     */
    private void closeOutput() {
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException e) {
            log.warn("event=pipe.not-closed pid={} reason=\"{}\"", process.pid(), e.getMessage());
        }
    }

    private void removeFiles() {
        try {
            files.close();
        } catch (IOException | RuntimeException e) {
            log.warn("event=files.not-deleted pid={} reason=\"{}\"", process.pid(), e.getMessage());
        }
    }
}
