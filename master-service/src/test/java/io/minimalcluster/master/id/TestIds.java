package io.minimalcluster.master.id;

import java.util.Random;

/** Id generators for tests. */
public final class TestIds {
    private TestIds() {}

    public static IdGenerator random() {
        return new IdGenerator();
    }

    /** Deterministic for a seeded {@code random}. */
    public static IdGenerator of(Random random) {
        return new IdGenerator(random);
    }
}
