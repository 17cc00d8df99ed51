package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.worker.launch.sandbox.StderrCollector;
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
 * A JVM that was started, as seen from its service. It ends by SIGKILL only; whoever has it calls {@link #end} in any
 * case, which also removes all that it left.
 */
public final class ForkedJvm {
    private static final Logger LOG = LoggerFactory.getLogger(ForkedJvm.class);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final Duration DEATH = Duration.ofSeconds(10);

    private final Process process;
    private final SandboxFiles files;
    private final Consumer<ForkedJvm> onEnd;
    private final OutputStream stdin;
    private final FrameReceiver inbox;
    private final StderrCollector stderr = new StderrCollector(this::flooded);
    private final Thread inboxThread;
    private final Thread stderrThread;
    private volatile @Nullable String flood;
    private volatile boolean killed;
    private @Nullable ExitReport exitReport;

    ForkedJvm(Process process, SandboxFiles files, LaunchRequest request, Consumer<ForkedJvm> onEnd) {
        this.process = process;
        this.files = files;
        this.onEnd = onEnd;
        this.stdin = process.getOutputStream();
        this.inbox = new FrameReceiver(
                process.getInputStream(), request.limits().frameBytes(), () -> !process.isAlive(), stderr);
        this.inboxThread = drain("stdout", inbox);
        this.stderrThread = drain("stderr", () -> stderr.drain(process.getErrorStream()));
    }

    /** A platform thread: reading from a pipe would hold on to the carrier of a virtual one. */
    private Thread drain(String name, Runnable reader) {
        return Thread.ofPlatform().daemon().name(name + "-" + process.pid()).start(reader);
    }

    private void flooded() {
        flood = "it wrote more than " + StderrCollector.CAP + " bytes beside its frames";
        kill();
    }

    /** Of the outermost process, the one that a kill ends all by. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a frame; waits while the JVM does not read. One thread at a time. */
    public void send(Frame frame) throws JvmEndedException {
        try {
            frame.writeTo(stdin);
        } catch (IOException closed) {
            throw new JvmEndedException("the process does not listen: " + closed.getMessage());
        }
    }

    /**
     * The next frame, or empty when none came in time. One thread at a time.
     *
     * @throws JvmEndedException when the JVM ended or sent what is no frame: nothing more comes
     */
    public Optional<Frame> receive(Duration timeout) throws JvmEndedException, InterruptedException {
        Optional<Frame> frame = inbox.take(timeout);
        if (frame.isPresent() && frame.get().kind() == FrameKind.READY) {
            sealMarks();
        }
        return frame;
    }

    private void sealMarks() throws JvmEndedException {
        try {
            files.sealMarks();
        } catch (IOException gone) {
            throw new JvmEndedException("the marks are gone: " + gone.getMessage());
        }
    }

    /** Says that nothing more is sent, on which a well-behaved one ends. */
    void closeInput() throws IOException {
        stdin.close();
    }

    /** Where all its files are. */
    Path folder() {
        return files.folder();
    }

    /** What the start marks say now, or said last. */
    public TaskStateReading mark() {
        return files.mark();
    }

    /**
     * Says that this process is there. A JVM with start marks ends itself when a task runs and it has not heard that
     * for so long.
     */
    public void signOfLife(Duration patience) throws IOException {
        files.signOfLife(patience);
    }

    /** Says from which position on a JVM with start marks is to start no task of its batch. */
    public void endAt(long position) throws IOException {
        files.endAt(position);
    }

    /** Puts a file where the JVM can read it and not write it; as it sees it. A name can be given once. */
    public String give(Path file, String name) throws IOException {
        return files.give(file, name);
    }

    /** Takes back what was {@link #give given}; the JVM sees it no more once it has closed it. */
    public void takeBack(String name) throws IOException {
        files.takeBack(name);
    }

    /** Ends the process at once; does not wait, may be repeated, by any thread. */
    public void kill() {
        killed = true;
        List<ProcessHandle> children = files.isSwept()
                ? List.of() // they end with it, or are swept
                : process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends the process, waits for it, and removes all that it left. May be repeated, and tells the same again. */
    public synchronized ExitReport end() {
        if (exitReport == null) {
            awaitOwnExit();
            boolean byItself = !killed && !process.isAlive();
            kill();
            exitReport = new ExitReport(exitCode(), byItself ? null : fault(), stderr.end(), files.mark());
            inboxThread.interrupt();
            removeFiles();
            onEnd.accept(this);
        }
        return exitReport;
    }

    /** One that is about to end by itself says more with its exit code than one that is killed. */
    private void awaitOwnExit() {
        try {
            if (!killed && inbox.isOver()) {
                process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!process.isAlive()) {
                stderrThread.join(LAST_WORDS);
                inboxThread.join(inbox.fault() == null ? Duration.ofNanos(1) : LAST_WORDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private int exitCode() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + DEATH.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return process.isAlive() ? -1 : process.exitValue();
    }

    private @Nullable String fault() {
        return flood != null ? flood : inbox.fault();
    }

    private void removeFiles() {
        try {
            files.close();
        } catch (IOException left) {
            LOG.warn("event=files-left pid={} reason=\"{}\"", process.pid(), left.getMessage());
        }
    }
}
