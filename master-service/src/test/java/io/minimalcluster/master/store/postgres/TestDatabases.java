package io.minimalcluster.master.store.postgres;

import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.DatasourceSettings;
import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.postgres.TestDatabase;
import io.minimalcluster.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Databases on a PostgreSQL that is started once for all tests of this JVM. */
public final class TestDatabases {
    private static final Map<Path, TestDatabase> OF_FOLDERS = new ConcurrentHashMap<>();

    private TestDatabases() {}

    public static Database open(Path folder) {
        return open(OF_FOLDERS.computeIfAbsent(folder, _ -> empty()));
    }

    public static Database open(TestDatabase database) {
        return PostgresDatabase.at(
                new DatasourceSettings(database.url(), database.username(), database.password()),
                new PostgresSettings(2, Duration.ofSeconds(30)));
    }

    /** With tables, and nothing in them. */
    static TestDatabase empty() {
        return Shared.SERVER.copyOf(Shared.WITH_TABLES);
    }

    /** Without tables. */
    public static TestDatabase bare() {
        return Shared.SERVER.newDatabase();
    }

    /** Many databases are made, and no machine crashes. */
    private static final class Shared {
        static final TestPostgres SERVER = TestPostgres.start("fsync=off");
        static final TestDatabase WITH_TABLES = withTables();

        private static TestDatabase withTables() {
            TestDatabase made = SERVER.newDatabase();
            TestStore.open(open(made)).close();
            return made;
        }
    }
}
