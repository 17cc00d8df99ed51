package io.minimalcluster.master.id;

import java.util.Random;

/** Ids for tests. */
public final class TestIds {
    private TestIds() {}

    public static IdGenerator random() {
        return new IdGenerator();
    }

    /** The same for the same seed. */
    public static IdGenerator of(Random random) {
        return new IdGenerator(random);
    }
}
