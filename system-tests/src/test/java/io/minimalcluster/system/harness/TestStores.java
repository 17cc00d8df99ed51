package io.minimalcluster.system.harness;

import io.minimalcluster.postgres.TestPostgres;
import java.util.List;

/**
 * The store of test masters: SQLite, or with {@code -Dminimalcluster.test.store=postgres} a database for each master on
 * a shared PostgreSQL.
 */
final class TestStores {
    private static final boolean IS_POSTGRES = "postgres".equals(System.getProperty("minimalcluster.test.store"));

    private TestStores() {}

    /** The store settings of a new master. */
    static List<String> settings() {
        return IS_POSTGRES ? Shared.SERVER.newDatabase().settings() : List.of();
    }

    private static final class Shared {
        static final TestPostgres SERVER = TestPostgres.start();
    }
}
