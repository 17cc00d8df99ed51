package io.minimalcluster.worker;

import io.minimalcluster.worker.launch.Launcher;
import org.springframework.context.SmartLifecycle;

/** Ends the worker first of all, so that its health can be asked for while it drains. */
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

    /** Ends the process when the master will have nothing of it, also while the context is still being made. */
    void endWhenRefused() {
        worker.refusal().thenRun(() -> Thread.ofPlatform().name("refused").start(this::end));
    }

    /** Ends the process when the master says so, as a signal would. */
    void endOnShutdownRequest() {
        worker.shutdownRequest()
                .thenRun(() -> Thread.ofPlatform().name("dismissed").start(() -> System.exit(0)));
    }

    private void end() {
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

    /** Drains and closes the worker; a second call waits for the first. */
    @Override
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        ForceQuitHandler.endsAtOnce(this::close);
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
