package io.minimalcluster.master.id;

import java.util.Random;

/** Ids for tests. */
public final class TestIds {
    private TestIds() {}

    public static NewIds random() {
        return new NewIds();
    }

    /** The same for the same seed. */
    public static NewIds of(Random random) {
        return new NewIds(random);
    }
}
