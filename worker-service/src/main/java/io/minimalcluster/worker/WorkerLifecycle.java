package io.minimalcluster.worker;

import io.minimalcluster.worker.launch.Launcher;
import org.springframework.context.SmartLifecycle;

/** Shuts the worker down before the web server stops, so that health responds during a drain. */
final class WorkerLifecycle implements SmartLifecycle {
    private static final int REFUSED = 2;

    private final Worker worker;
    private final Launcher launcher;
    private volatile boolean running;
    private boolean stopped; // guarded by this

    WorkerLifecycle(Worker worker, Launcher launcher) {
        this.worker = worker;
        this.launcher = launcher;
    }

    /** Ends the process with exit code 2 when the master refuses the worker, even before the context is ready. */
    void endWhenRefused() {
        worker.refusal().thenRun(() -> Thread.ofPlatform().name("refused").start(this::closeAndHalt));
    }

    /** Ends the process as SIGTERM would when the master requests a shutdown. */
    void endOnShutdownRequest() {
        worker.shutdownRequest()
                .thenRun(() -> Thread.ofPlatform().name("shutdown-request").start(() -> System.exit(0)));
    }

    private void closeAndHalt() {
        try {
            close();
        } finally {
            Runtime.getRuntime().halt(REFUSED);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Drains and closes the worker. A second call waits for the first. */
    @Override
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        ForceQuitHandler.install(this::close);
        try {
            worker.drain();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        close();
        running = false;
    }

    private void close() {
        worker.close();
        launcher.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
