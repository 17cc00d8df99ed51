package io.minimalcluster.master.store;

import io.minimalcluster.master.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatasourceSettings.class, PostgresSettings.class})
class StoreConfiguration {
    /** Of one file: more would only wait for each other. */
    private static final int SQLITE_READERS = 4;

    @Bean
    Store store(DataFolder folder, DatasourceSettings datasource, PostgresSettings postgres) {
        return datasource.isPostgres()
                ? open(PostgresDatabase.at(datasource, postgres), postgres.readers())
                : open(SqliteFile.in(folder.data()), SQLITE_READERS);
    }

    private static Store open(Database database, int readers) {
        Schema.migrate(database);
        return Store.open(database, readers);
    }
}
