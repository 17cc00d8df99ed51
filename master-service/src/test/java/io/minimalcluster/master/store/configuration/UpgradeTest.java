package io.minimalcluster.master.store.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.postgres.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migration of data from older schema versions. */
@Tag("store")
class UpgradeTest {
    @TempDir
    Path folder;

    @Test
    void thirdVersionConvertsLossesToQuarters() {
        Database database = TestStore.isPostgres()
                ? TestDatabases.open(TestDatabases.bare())
                : TestStore.sqlite(folder, TestStore.settings(0));
        migrateTo("2", database);
        JdbcClient old = JdbcClient.create(database.toMigrate());
        old.sql("insert into pending_range (job_seq, first, last, attempt, losses) values (1, 0, 9, 1, 3)")
                .update();
        for (int mayRun : List.of(0, 1)) {
            old.sql("""
                    insert into lease (id, job_seq, worker_id, request_id, first, last, attempt, losses, may_run,
                                       remaining, state, taken_at)
                    values (:id, 1, 'w', 'r', 9, 10, 1, 2, :mayRun, 1, 'LAPSED', 0)
                    """).param("id", "lease-" + mayRun).param("mayRun", mayRun).update();
        }

        try (Store store = TestStore.open(database)) {
            assertThat(rows(store, "select losses from pending_range")).containsExactly(Map.of("losses", 12L));
            assertThat(rows(store, "select losses, charge from lease order by id"))
                    .containsExactly(Map.of("losses", 8L, "charge", 0L), Map.of("losses", 8L, "charge", 4L));
        }
    }

    private static List<Map<String, Object>> rows(Store store, String query) {
        return store.read(sql -> sql.sql(query).query().listOfRows()).stream()
                .map(UpgradeTest::withLongs)
                .toList();
    }

    /** Converts values to {@code Long}, because number types differ between databases. */
    private static Map<String, Object> withLongs(Map<String, Object> row) {
        row.replaceAll((_, value) -> ((Number) value).longValue());
        return row;
    }

    private static void migrateTo(String version, Database database) {
        Flyway.configure()
                .dataSource(database.toMigrate())
                .locations(database.dialect().migrations())
                .placeholders(database.dialect().placeholders())
                .target(version)
                .load()
                .migrate();
    }
}
