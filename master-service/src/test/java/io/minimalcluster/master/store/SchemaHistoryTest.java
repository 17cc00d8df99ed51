package io.minimalcluster.master.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.configuration.TestStore;
import io.minimalcluster.master.store.postgres.TestDatabases;
import io.minimalcluster.master.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("store")
class SchemaHistoryTest {
    @TempDir
    Path folder;

    @Test
    void databaseIsCurrentAfterFlywayMigratedIt() {
        try (Database database = empty()) {
            assertThat(SchemaHistory.isCurrent(database)).isFalse();

            SchemaMigration.migrate(database);

            assertThat(SchemaHistory.isCurrent(database)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from flyway_schema_history where version = '5'",
                "update flyway_schema_history set script = 'V9__of_a_newer_version.sql' where version = '5'",
                "update flyway_schema_history set checksum = checksum + 1 where version = '2'",
                "update flyway_schema_history set success = not success where version = '3'",
                """
                insert into flyway_schema_history
                select installed_rank + 90, version, description, type, script, checksum, installed_by, installed_on,
                       execution_time, success from flyway_schema_history where version = '4'
                """
            })
    void flywayDecidesAboutAnyOtherHistory(String change) {
        try (Database database = empty()) {
            SchemaMigration.migrate(database);

            JdbcClient.create(database.toMigrate()).sql(change).update();

            assertThat(SchemaHistory.isCurrent(database)).isFalse();
        }
    }

    private Database empty() {
        return TestStore.isPostgres()
                ? TestDatabases.open(TestDatabases.bare())
                : SqliteDatabase.in(folder, TestStore.settings(0), TestDiskSpace.in(folder), _ -> {});
    }
}
