package io.minimalcluster.worker.actuator;

/**
 * The health of a worker.
 *
 * @param connected whether a master has accepted this worker and responds
 * @param fit whether the executors pass their self-test
 * @param draining whether the worker accepts no more batches
 */
public record WorkerHealth(boolean connected, boolean fit, boolean draining) {
    static final String UP = "UP";
    private static final String DOWN = "DOWN";
    private static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";

    String status() {
        if (!connected) {
            return DOWN;
        }
        return fit ? UP : OUT_OF_SERVICE;
    }

    String readiness() {
        return draining ? OUT_OF_SERVICE : UP;
    }
}
