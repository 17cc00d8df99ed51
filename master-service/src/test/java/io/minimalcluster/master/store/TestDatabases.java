package io.minimalcluster.master.store;

import io.minimalcluster.postgres.DatabaseOfTest;
import io.minimalcluster.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Databases on a PostgreSQL that is started once for all tests of this JVM. */
final class TestDatabases {
    private static final Map<Path, DatabaseOfTest> OF_FOLDERS = new ConcurrentHashMap<>();

    private TestDatabases() {}

    static Database open(Path folder) {
        return open(OF_FOLDERS.computeIfAbsent(folder, _ -> empty()));
    }

    static Database open(DatabaseOfTest database) {
        return PostgresDatabase.at(
                new DatasourceSettings(database.url(), database.username(), database.password()),
                new PostgresSettings(2, Duration.ofSeconds(30)));
    }

    /** With tables, and nothing in them. */
    static DatabaseOfTest empty() {
        return Shared.SERVER.copyOf(Shared.WITH_TABLES);
    }

    /** Without tables. */
    static DatabaseOfTest bare() {
        return Shared.SERVER.newDatabase();
    }

    /** Many databases are made, and no machine crashes. */
    private static final class Shared {
        static final TestPostgres SERVER = TestPostgres.start("fsync=off");
        static final DatabaseOfTest WITH_TABLES = withTables();

        private static DatabaseOfTest withTables() {
            DatabaseOfTest made = SERVER.newDatabase();
            TestStore.open(open(made)).close();
            return made;
        }
    }
}
