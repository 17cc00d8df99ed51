package io.minimalcluster.master.simulation;

import java.util.function.Consumer;

/**
 * A call during which the store may fail.
 *
 * @param prepare sets up the state before the call
 * @param call makes the call, and may be repeated
 * @param verify checks the state after the call
 */
record FailureScenario(
        String name, Consumer<SingleWorkerCluster> prepare, Call call, Consumer<SingleWorkerCluster> verify) {
    /** The call, which may be repeated after an uncertain outcome. */
    @FunctionalInterface
    interface Call {
        /**
         * Makes the call.
         *
         * @param again whether an earlier call had an uncertain outcome
         */
        void make(SingleWorkerCluster cluster, boolean again);
    }

    @Override
    public String toString() {
        return name;
    }
}
