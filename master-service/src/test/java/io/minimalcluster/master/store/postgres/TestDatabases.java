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

/** Databases on a PostgreSQL server that is started once per JVM. */
public final class TestDatabases {
    private static final Map<Path, TestDatabase> BY_FOLDER = new ConcurrentHashMap<>();

    private TestDatabases() {}

    public static Database open(Path folder) {
        return open(BY_FOLDER.computeIfAbsent(folder, _ -> empty()));
    }

    public static Database open(TestDatabase database) {
        return PostgresDatabase.at(
                new DatasourceSettings(database.url(), database.username(), database.password()),
                new PostgresSettings(2, Duration.ofSeconds(30)));
    }

    /** A database with the schema and without rows. */
    static TestDatabase empty() {
        return Shared.SERVER.copyOf(Shared.WITH_TABLES);
    }

    /** A database without tables. */
    public static TestDatabase bare() {
        return Shared.SERVER.newDatabase();
    }

    /** The shared server, without fsync, because tests create many databases and need no crash safety. */
    private static final class Shared {
        static final TestPostgres SERVER = TestPostgres.start("fsync=off");
        static final TestDatabase WITH_TABLES = withTables();

        private static TestDatabase withTables() {
            TestDatabase database = SERVER.newDatabase();
            TestStore.open(open(database)).close();
            return database;
        }
    }
}
