package io.minimalcluster.master.store;

import io.minimalcluster.master.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DatasourceSettings.class,
    PostgresSettings.class,
    RoomSettings.class,
    SqliteSettings.class
})
class StoreConfiguration {
    /** Of one file: more would only wait for each other. */
    private static final int SQLITE_READERS = 4;

    @Bean
    Room room(DataFolder folder, RoomSettings settings) {
        return new Room(folder.data(), settings);
    }

    @Bean
    RoomWatch roomWatch(Room room, DataFolder folder, ApplicationEventPublisher events) {
        return new RoomWatch(room, folder.data(), events);
    }

    @Bean
    SqliteSource sqliteSource(DataFolder folder, Room room, SqliteSettings settings, ApplicationEventPublisher events) {
        return () -> {
            room.beforeStart();
            return SqliteFile.in(folder.data(), settings, room, events::publishEvent);
        };
    }

    @Bean
    Store store(SqliteSource sqlite, DatasourceSettings datasource, PostgresSettings postgres) {
        return datasource.isPostgres()
                ? open(PostgresDatabase.at(datasource, postgres), postgres.readers())
                : open(sqlite.take(), SQLITE_READERS);
    }

    /** Takes the embedded store, where it is that. */
    @FunctionalInterface
    interface SqliteSource {
        Database take();
    }

    private static Store open(Database database, int readers) {
        Schema.migrate(database);
        return Store.open(database, readers);
    }
}
