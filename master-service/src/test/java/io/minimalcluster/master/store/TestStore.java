package io.minimalcluster.master.store;

import io.minimalcluster.worker.settings.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Opens a real store that belongs to a folder: a file in it, or, with {@code -Dminimalcluster.test.store=postgres}, a
 * database of PostgreSQL. The same folder is the same store.
 */
public final class TestStore {
    private static final boolean IS_POSTGRES = "postgres".equals(System.getProperty("minimalcluster.test.store"));
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
            "given_back",
            "result_segment",
            "worker",
            "access_key",
            "idempotency_key",
            "audit",
            "sqlite_sequence");

    private TestStore() {}

    /** Whether it is a database of PostgreSQL. */
    public static boolean isPostgres() {
        return IS_POSTGRES;
    }

    public static Store in(Path folder) {
        return open(IS_POSTGRES ? TestDatabases.open(folder) : sqlite(folder, settings(0)));
    }

    static SqliteSettings settings(long acceptLostCommits) {
        return new SqliteSettings(Duration.ofMinutes(1), acceptLostCommits, ByteSize.ofMebibytes(64));
    }

    static Store in(Path folder, SqliteSettings settings) {
        return open(sqlite(folder, settings));
    }

    static SqliteFile sqlite(Path folder, SqliteSettings settings) {
        return SqliteFile.in(folder, settings, TestRoom.in(folder), _ -> {});
    }

    static Store open(Database database) {
        Schema.migrate(database);
        return Store.open(database, 2);
    }

    /** The same, but what is written may be lost if the machine stops, and there may be trouble. */
    public static Store cheapIn(Path folder, Trouble trouble) {
        Database database = new CheapDatabase(sqlite(folder, settings(0)), trouble);
        Schema.migrate(database);
        return Store.open(database, 1);
    }

    /** Takes everything out of it. */
    public static void empty(Store store) {
        store.writeAndWait(sql -> {
            sql.sql("pragma defer_foreign_keys = on").update();
            return TABLES.stream()
                    .mapToInt(table -> sql.sql("delete from " + table).update())
                    .sum();
        });
    }
}
