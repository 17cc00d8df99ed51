package io.minimalcluster.master.store;

import org.flywaydb.core.Flyway;

/** Migrates the schema by Flyway. */
public final class SchemaMigration {
    private SchemaMigration() {}

    public static void migrate(Database database) {
        Flyway.configure()
                .dataSource(database.toMigrate())
                .locations(database.dialect().migrations())
                .placeholders(database.dialect().placeholders())
                .load()
                .migrate();
    }
}
