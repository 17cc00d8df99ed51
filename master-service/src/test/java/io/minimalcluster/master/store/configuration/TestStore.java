package io.minimalcluster.master.store.configuration;

import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.SchemaMigration;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import io.minimalcluster.master.store.postgres.TestDatabases;
import io.minimalcluster.master.store.sqlite.SqliteDatabase;
import io.minimalcluster.master.store.sqlite.SqliteSettings;
import io.minimalcluster.model.support.ByteSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Opens real stores. Each folder has one store: an SQLite file in it, or a PostgreSQL database with
 * {@code -Dminimalcluster.test.store=postgres}.
 */
public final class TestStore {
    private static final boolean IS_POSTGRES = "postgres".equals(System.getProperty("minimalcluster.test.store"));
    private static final String SQLITE_FILE = "minimalcluster.db";
    private static final List<String> TABLES = List.of(
            "environment",
            "environment_owner",
            "function",
            "job",
            "shared_value",
            "reduction",
            "reduced_value",
            "job_label",
            "argument_segment",
            "pending_range",
            "lease",
            "returned_range",
            "result_segment",
            "worker",
            "access_key",
            "idempotency_key",
            "audit",
            "sqlite_sequence");

    private TestStore() {}

    /** Whether stores are PostgreSQL databases. */
    public static boolean isPostgres() {
        return IS_POSTGRES;
    }

    /** A store without synchronous disk writes, which may lose commits if the machine crashes. */
    public static Store in(Path folder) {
        return Store.open(IS_POSTGRES ? TestDatabases.open(folder) : nonDurable(folder, null), 2);
    }

    private static Database nonDurable(Path folder, @Nullable StatementFaults faults) {
        return new NonDurableDatabase(withTables(folder, settings(0)), faults);
    }

    public static SqliteSettings settings(long acceptLostCommits) {
        return new SqliteSettings(Duration.ofMinutes(1), acceptLostCommits, ByteSize.ofMebibytes(64));
    }

    /** A store with the durability of production. */
    public static Store in(Path folder, SqliteSettings settings) {
        return Store.open(withTables(folder, settings), 2);
    }

    private static SqliteDatabase withTables(Path folder, SqliteSettings settings) {
        SqliteDatabase database = sqlite(folder, settings);
        Path file = folder.resolve(SQLITE_FILE);
        try {
            if (file.toFile().length() == 0) {
                Files.write(file, Migrated.BYTES);
            }
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SqliteDatabase sqlite(Path folder, SqliteSettings settings) {
        return SqliteDatabase.in(folder, settings, TestDiskSpace.in(folder), _ -> {});
    }

    /** Migrates the schema and opens the store. */
    public static Store open(Database database) {
        SchemaMigration.migrate(database);
        return Store.open(database, 2);
    }

    /** An SQLite store with fault injection. */
    public static Store nonDurableIn(Path folder, StatementFaults faults) {
        return Store.open(nonDurable(folder, faults), 1);
    }

    /** Deletes all rows. */
    public static void empty(Store store) {
        store.writeAndWait(sql -> {
            sql.sql("pragma defer_foreign_keys = on").update();
            return TABLES.stream()
                    .mapToInt(table -> sql.sql("delete from " + table).update())
                    .sum();
        });
    }

    /** An empty database file with the schema. It is created once, because a migration takes longer than most tests. */
    private static final class Migrated {
        static final byte[] BYTES = migrate();

        private static byte[] migrate() {
            try {
                Path folder = Files.createTempDirectory("minimalcluster-migrated-");
                try (SqliteDatabase database = sqlite(folder, settings(0))) {
                    SchemaMigration.migrate(database);
                    return Files.readAllBytes(folder.resolve(SQLITE_FILE));
                } finally {
                    FileSystemUtils.deleteRecursively(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
