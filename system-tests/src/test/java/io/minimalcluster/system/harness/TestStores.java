package io.minimalcluster.system.harness;

import io.minimalcluster.postgres.TestPostgres;
import java.util.List;

/**
 * The store that the masters of tests get: the embedded one, or, with {@code -Dminimalcluster.test.store=postgres}, a
 * database for each on a PostgreSQL that is started once.
 */
final class TestStores {
    private static final boolean IS_POSTGRES = "postgres".equals(System.getProperty("minimalcluster.test.store"));

    private TestStores() {}

    /** The settings of one more master. */
    static List<String> settings() {
        return IS_POSTGRES ? Shared.SERVER.newDatabase().settings() : List.of();
    }

    private static final class Shared {
        static final TestPostgres SERVER = TestPostgres.start();
    }
}
