package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;

/** What looks after environments, for tests elsewhere. */
public final class TestEnvironments {
    private TestEnvironments() {}

    public static UnusedEnvironments unused(Store store) {
        return new UnusedEnvironments(store, new BundlePieces(store));
    }
}
