package io.minimalcluster.master.store.sqlite;

import io.minimalcluster.master.store.Dialect;
import io.minimalcluster.master.store.SchemaMigration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Migrates an empty database when the build generates the bean definitions, and packages it. */
final class PreparedDatabaseGenerator implements BeanFactoryInitializationAotProcessor {
    /** The same build has the same bytes. */
    private static final String WITHOUT_TIMES =
            "update flyway_schema_history set installed_on = '1970-01-01 00:00:00', execution_time = 0";

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory factory) {
        return (context, _) -> context.getGeneratedFiles()
                .addFile(Kind.RESOURCE, PreparedDatabase.RESOURCE, new ByteArrayResource(generate()));
    }

    static byte[] generate() {
        try {
            Path file = Files.createTempFile("minimalcluster-", ".db");
            try {
                DriverManagerDataSource database = new DriverManagerDataSource("jdbc:sqlite:" + file);
                SchemaMigration.migrate(database, Dialect.SQLITE);
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(WITHOUT_TIMES);
                    statement.execute("vacuum");
                }
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
