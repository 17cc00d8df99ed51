package io.minimalcluster.master.store;

import org.flywaydb.core.Flyway;

/** Brings the tables up to date. */
final class Schema {
    private Schema() {}

    static void migrate(Database database) {
        Flyway.configure()
                .dataSource(database.toMigrate())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
