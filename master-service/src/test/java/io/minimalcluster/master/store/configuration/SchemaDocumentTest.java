package io.minimalcluster.master.store.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparison of docs/schema.md with the migrated schema of SQLite. */
@SuppressWarnings("StringSplitter")
class SchemaDocumentTest {
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_]+)`");

    @TempDir
    Path folder;

    @Test
    void documentNamesTheColumnsOfEachTable() throws IOException {
        assertThat(documented()).isEqualTo(schema());
    }

    private Map<String, Set<String>> schema() {
        try (Store store = TestStore.nonDurableIn(folder, new StatementFaults())) {
            Map<String, Set<String>> tables = new TreeMap<>();
            store.read(tx -> tx.sql("""
                            select m.name as t, c.name as c from sqlite_schema m join pragma_table_info(m.name) c
                             where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'flyway_%'
                            """)
                    .query((row, _) -> tables.computeIfAbsent(row.getString("t"), _ -> new TreeSet<>())
                            .add(row.getString("c")))
                    .list());
            return tables;
        }
    }

    /** The names in the first cell of each row, or in the sentence that follows the name of a table. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> tables = new TreeMap<>();
        for (String section : Files.readString(Path.of("../docs/schema.md")).split("(?m)^\\*\\*")) {
            String table =
                    NAME.matcher(section).results().findFirst().orElseThrow().group(1);
            if (!section.startsWith("`" + table + "`**")) {
                continue; // the introduction
            }
            String columns = section.contains("\n|")
                    ? String.join(
                            "\n",
                            Arrays.stream(section.split("\n"))
                                    .filter(line -> line.startsWith("| `"))
                                    .map(line -> line.split("\\|")[1])
                                    .toList())
                    : section.substring(table.length() + 4).split("\n\n|\n#")[0];
            tables.put(
                    table,
                    new TreeSet<>(NAME.matcher(columns)
                            .results()
                            .map(found -> found.group(1))
                            .toList()));
        }
        return tables;
    }
}
