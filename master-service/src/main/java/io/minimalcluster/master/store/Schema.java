package io.minimalcluster.master.store;

import org.flywaydb.core.Flyway;

/** Brings the tables up to date. */
final class Schema {
    private Schema() {}

    static void migrate(SqliteFile file) {
        Flyway.configure()
                .dataSource(file.url(), null, null)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
