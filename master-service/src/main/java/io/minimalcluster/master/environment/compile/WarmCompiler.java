package io.minimalcluster.master.environment.compile;

import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.worker.launch.ForkedJvm;
import io.minimalcluster.worker.launch.JvmEndedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One compiler process, which is started again after a crash. Used by one thread at a time. */
final class WarmCompiler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmCompiler.class);
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

    private final CompilerLauncher processes;
    private final boolean keptWarm;
    private volatile boolean closed;

    // guarded by this
    private @Nullable CompletableFuture<ForkedJvm> next; // null while it is in use, and if none is started
    private long unusedSince;

    /** @param keptWarm whether the process is started before it is needed, and never ended for being idle */
    WarmCompiler(CompilerLauncher processes, boolean keptWarm) {
        this.processes = processes;
        this.keptWarm = keptWarm;
        this.next = keptWarm ? start() : null;
    }

    /** Waits for the compiler to be ready. */
    ForkedJvm take(Duration limit) throws IOException, InterruptedException {
        ForkedJvm jvm = takeStarted(limit);
        if (jvm.isAlive()) {
            return jvm;
        }
        replace(jvm);
        return takeStarted(limit);
    }

    private ForkedJvm takeStarted(Duration limit) throws IOException, InterruptedException {
        CompletableFuture<ForkedJvm> started = takeNext();
        try {
            return started.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            var _ = started.thenAccept(ForkedJvm::end);
            startIfKeptWarm();
            throw new IOException("the compiler is not ready", e);
        } catch (InterruptedException e) {
            keep(started);
            throw e;
        }
    }

    private synchronized CompletableFuture<ForkedJvm> takeNext() {
        CompletableFuture<ForkedJvm> taken = next == null ? start() : next;
        next = null;
        return taken;
    }

    void release(ForkedJvm jvm) {
        keep(CompletableFuture.completedFuture(jvm));
        if (closed) {
            jvm.end();
        }
    }

    private synchronized void keep(CompletableFuture<ForkedJvm> started) {
        next = started;
        unusedSince = System.nanoTime();
    }

    /** Ends a compiler that is in an unknown state. */
    void replace(ForkedJvm jvm) {
        jvm.kill();
        Thread.startVirtualThread(jvm::end);
        startIfKeptWarm();
    }

    private synchronized void startIfKeptWarm() {
        if (keptWarm) {
            next = start();
        }
    }

    /** Ends a process that was not used for some time, unless it is kept warm. */
    void endIfIdle(Duration limit) {
        takeIfIdle(limit).ifPresent(idle -> {
            var _ = idle.thenAccept(ForkedJvm::end);
        });
    }

    private synchronized Optional<CompletableFuture<ForkedJvm>> takeIfIdle(Duration limit) {
        boolean isIdle = !keptWarm && next != null && System.nanoTime() - unusedSince > limit.toNanos();
        return isIdle ? Optional.of(takeNext()) : Optional.empty();
    }

    private CompletableFuture<ForkedJvm> start() {
        CompletableFuture<ForkedJvm> started = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                started.complete(launch());
            } catch (IOException | InterruptedException | RuntimeException e) {
                log.warn("event=compiler.start-failed reason=\"{}\"", e.toString());
                started.completeExceptionally(e);
            }
        });
        return started;
    }

    private ForkedJvm launch() throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the master is shutting down");
        }
        ForkedJvm jvm = processes.launch();
        boolean ready = false;
        try {
            ready = jvm.receive(READY_TIMEOUT)
                    .filter(frame -> frame.kind() == FrameKind.READY)
                    .isPresent();
        } catch (JvmEndedException e) {
            throw new IOException(
                    "the compiler exited during its startup: " + jvm.end().describe(), e);
        } finally {
            if (!ready) {
                jvm.end();
            }
        }
        if (!ready) {
            throw new IOException("the compiler was not ready in time");
        }
        return jvm;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            var _ = next.thenAccept(ForkedJvm::end);
        }
    }
}
