package io.minimalcluster.master.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Dialect;
import io.minimalcluster.master.store.SchemaMigration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The empty database that the build packages. */
class PreparedDatabaseTest {
    private static final List<String> PROPERTIES = List.of(
            "page_size", "journal_mode", "auto_vacuum", "encoding", "application_id", "user_version", "freelist_count");

    @TempDir
    Path folder;

    @Test
    void equalsADatabaseThatWasMigratedAtTheFirstStart() throws IOException {
        DriverManagerDataSource migrated = database("migrated.db");
        SchemaMigration.migrate(migrated, Dialect.SQLITE);
        PreparedDatabase.create(bytes(), folder.resolve("prepared.db"));

        assertThat(content(database("prepared.db"))).isEqualTo(content(migrated));
    }

    @Test
    void hasTheSameBytesInEachBuild() {
        assertThat(PreparedDatabaseGenerator.generate()).isEqualTo(PreparedDatabaseGenerator.generate());
    }

    @Test
    void copyReplacesWhatAKilledMasterLeft() throws IOException {
        Path file = folder.resolve("minimalcluster.db");
        Files.createFile(file);
        Files.writeString(folder.resolve("minimalcluster.db.new"), "a part");

        PreparedDatabase.create(bytes(), file);

        assertThat(file).hasBinaryContent(PreparedDatabaseGenerator.generate());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** SQLite would apply the log to the new file. Without a file it deletes the log. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-journal"})
    void nothingIsCopiedBesideTheRestOfAnotherDatabase(String end) throws IOException {
        Path file = folder.resolve("minimalcluster.db");
        Path rest = Files.writeString(folder.resolve("minimalcluster.db" + end), "rest");

        PreparedDatabase.create(bytes(), file);

        assertThat(rest).hasContent("rest");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(rest);
        }
    }

    private static ByteArrayInputStream bytes() {
        return new ByteArrayInputStream(PreparedDatabaseGenerator.generate());
    }

    private DriverManagerDataSource database(String name) {
        return new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve(name));
    }

    /** The schema, the history without times, all other rows and the properties of the file. */
    private static List<List<Map<String, @Nullable Object>>> content(DriverManagerDataSource database) {
        JdbcClient sql = JdbcClient.create(database);
        Stream<String> tables = sql
                .sql("select name from sqlite_schema where type = 'table' and name <> 'flyway_schema_history'")
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .map(table -> "select * from " + table);
        return Stream.of(
                        Stream.of(
                                "select type, name, tbl_name, sql from sqlite_schema order by name",
                                "select installed_rank, version, description, type, script, checksum, installed_by, success"
                                        + " from flyway_schema_history order by installed_rank"),
                        tables,
                        PROPERTIES.stream().map(property -> "pragma " + property))
                .flatMap(selects -> selects)
                .map(select -> sql.sql(select).query().listOfRows())
                .toList();
    }
}
