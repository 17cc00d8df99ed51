package io.minimalcluster.master.simulation;

import java.util.function.Consumer;

/**
 * A call under which the store may fail.
 *
 * @param prepare what comes before it
 * @param call makes it, as one that may have made it before
 * @param verify what is there once it is done
 */
record FailureScenario(
        String name, Consumer<SingleWorkerCluster> prepare, Call call, Consumer<SingleWorkerCluster> verify) {
    /** Makes the call. */
    @FunctionalInterface
    interface Call {
        /**
         * Makes it.
         *
         * @param again whether it was made before, and nobody knows what came of it
         */
        void make(SingleWorkerCluster cluster, boolean again);
    }

    @Override
    public String toString() {
        return name;
    }
}
