package io.minimalcluster.master.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Migrates the schema by Flyway. */
public final class SchemaMigration {
    private SchemaMigration() {}

    /** Migrates a database, unless its schema is current. Flyway takes a tenth of a start to find that out. */
    public static void migrate(Database database) {
        if (!SchemaHistory.isCurrent(database)) {
            migrate(database.toMigrate(), database.dialect());
        }
    }

    /** Migrates a database by Flyway, whatever its schema is. */
    public static void migrate(DataSource database, Dialect dialect) {
        Flyway.configure()
                .dataSource(database)
                .locations(dialect.migrations())
                .placeholders(dialect.placeholders())
                .load()
                .migrate();
    }
}
