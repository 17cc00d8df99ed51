package io.minimalcluster.master.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Compares the history that Flyway keeps in a database with the migrations of this version. */
final class SchemaHistory {
    private static final String APPLIED = "select script, checksum, success from flyway_schema_history";

    private SchemaHistory() {}

    /** Whether exactly the migrations of this version were applied; if in doubt false, so that Flyway decides. */
    static boolean isCurrent(Database database) {
        try (Connection connection = database.toMigrate().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(APPLIED)) {
            Map<String, Integer> missing = checksums(database.dialect());
            boolean known = true;
            while (known && row.next()) {
                known = row.getBoolean("success") && missing.remove(row.getString("script"), row.getInt("checksum"));
            }
            return known && missing.isEmpty();
        } catch (SQLException _) { // it has no history yet
            return false;
        }
    }

    private static Map<String, Integer> checksums(Dialect dialect) {
        Map<String, Integer> checksums = new HashMap<>();
        try {
            for (String location : dialect.migrations()) {
                for (Resource script : new PathMatchingResourcePatternResolver().getResources(location + "/*.sql")) {
                    checksums.put(String.valueOf(script.getFilename()), checksum(script));
                }
            }
            return checksums;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Computes the checksum of Flyway, which covers the lines without their ends. */
    private static int checksum(Resource script) throws IOException {
        CRC32 checksum = new CRC32();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) checksum.getValue();
    }
}
