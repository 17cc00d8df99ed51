package io.minimalcluster.worker;

import io.minimalcluster.worker.actuator.ActuatorServer;
import io.minimalcluster.worker.launch.Launcher;

/** Shuts the worker down before the HTTP server stops, so that health responds during a drain. */
final class WorkerLifecycle {
    private static final int REFUSED = 2;

    private final Worker worker;
    private final Launcher launcher;
    private final ActuatorServer actuator;
    private boolean stopped; // guarded by this

    WorkerLifecycle(Worker worker, Launcher launcher, ActuatorServer actuator) {
        this.worker = worker;
        this.launcher = launcher;
        this.actuator = actuator;
    }

    /** Ends the process with exit code 2 when the master refuses the worker. */
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

    /** Drains and closes the worker. A second call waits for the first. */
    synchronized void stop() {
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
        actuator.close();
    }

    private void close() {
        worker.close();
        launcher.close();
    }
}
