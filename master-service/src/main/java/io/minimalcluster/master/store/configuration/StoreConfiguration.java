package io.minimalcluster.master.store.configuration;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.store.Database;
import io.minimalcluster.master.store.DatasourceSettings;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.DiskSpaceMonitor;
import io.minimalcluster.master.store.DiskSpaceSettings;
import io.minimalcluster.master.store.SchemaMigration;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.postgres.PostgresDatabase;
import io.minimalcluster.master.store.postgres.PostgresSettings;
import io.minimalcluster.master.store.sqlite.SqliteDatabase;
import io.minimalcluster.master.store.sqlite.SqliteSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DatasourceSettings.class,
    PostgresSettings.class,
    DiskSpaceSettings.class,
    SqliteSettings.class
})
class StoreConfiguration {
    /** More readers of one file would only wait for each other. */
    private static final int SQLITE_READERS = 4;

    @Bean
    DiskSpaceGuard diskSpaceGuard(DataFolder folder, DiskSpaceSettings settings) {
        return new DiskSpaceGuard(folder.data(), settings);
    }

    @Bean
    DiskSpaceMonitor diskSpaceMonitor(DiskSpaceGuard diskSpace, DataFolder folder, ApplicationEventPublisher events) {
        return new DiskSpaceMonitor(diskSpace, folder.data(), events);
    }

    @Bean
    SqliteSource sqliteSource(
            DataFolder folder, DiskSpaceGuard diskSpace, SqliteSettings settings, ApplicationEventPublisher events) {
        return () -> {
            diskSpace.beforeStart();
            return SqliteDatabase.in(folder.data(), settings, diskSpace, events::publishEvent)
                    .createFile();
        };
    }

    @Bean
    Store store(SqliteSource sqlite, DatasourceSettings datasource, PostgresSettings postgres) {
        return datasource.isPostgres()
                ? open(PostgresDatabase.at(datasource, postgres), postgres.readers())
                : open(sqlite.open(), SQLITE_READERS);
    }

    /** Opens the embedded store on demand. */
    @FunctionalInterface
    interface SqliteSource {
        Database open();
    }

    private static Store open(Database database, int readers) {
        SchemaMigration.migrate(database);
        return Store.open(database, readers);
    }
}
