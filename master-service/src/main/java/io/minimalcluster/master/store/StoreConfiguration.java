package io.minimalcluster.master.store;

import io.minimalcluster.master.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RoomSettings.class, SqliteSettings.class})
class StoreConfiguration {
    private static final int READERS = 4;

    @Bean
    Room room(DataFolder folder, RoomSettings settings) {
        return new Room(folder.data(), settings);
    }

    @Bean
    RoomWatch roomWatch(Room room, DataFolder folder, ApplicationEventPublisher events) {
        return new RoomWatch(room, folder.data(), events);
    }

    @Bean
    Store store(DataFolder folder, Room room, SqliteSettings settings, ApplicationEventPublisher events) {
        room.beforeStart();
        Database database = SqliteFile.in(folder.data(), settings, room, events::publishEvent);
        Schema.migrate(database);
        return Store.open(database, READERS);
    }
}
