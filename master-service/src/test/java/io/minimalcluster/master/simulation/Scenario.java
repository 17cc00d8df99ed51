package io.minimalcluster.master.simulation;

import java.util.function.Consumer;

/**
 * A call under which the store may fail.
 *
 * @param prepare what comes before it
 * @param call makes it, as one that may have made it before
 * @param verify what is there once it is done
 */
record Scenario(String name, Consumer<Cluster> prepare, Call call, Consumer<Cluster> verify) {
    /** Makes the call. */
    @FunctionalInterface
    interface Call {
        /**
         * Makes it.
         *
         * @param again whether it was made before, and nobody knows what came of it
         */
        void make(Cluster cluster, boolean again);
    }

    @Override
    public String toString() {
        return name;
    }
}
