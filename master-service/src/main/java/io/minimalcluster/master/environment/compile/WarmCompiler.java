package io.minimalcluster.master.environment.compile;

import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.worker.launch.ForkedJvm;
import io.minimalcluster.worker.launch.JvmEndedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one compiler process started. A replacement starts in the background. Used by one thread at a time. */
final class WarmCompiler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WarmCompiler.class);
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

    private final CompilerLauncher processes;
    private volatile CompletableFuture<ForkedJvm> next;
    private volatile boolean closed;

    WarmCompiler(CompilerLauncher processes) {
        this.processes = processes;
        this.next = start();
    }

    /** Waits for the compiler to be ready. Starts another one if that fails. */
    ForkedJvm take(Duration limit) throws IOException, InterruptedException {
        try {
            ForkedJvm jvm = next.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (jvm.isAlive()) {
                return jvm;
            }
            replace(jvm);
            return next.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            next = start();
            throw new IOException("the compiler is not ready", e);
        }
    }

    void release(ForkedJvm jvm) {
        next = CompletableFuture.completedFuture(jvm);
    }

    void replace(ForkedJvm jvm) {
        jvm.kill();
        Thread.startVirtualThread(jvm::end);
        next = start();
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
    public void close() {
        closed = true;
        var _ = next.thenAccept(ForkedJvm::end);
    }
}
