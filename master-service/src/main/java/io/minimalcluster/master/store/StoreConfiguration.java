package io.minimalcluster.master.store;

import io.minimalcluster.master.DataFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    private static final int READERS = 4;

    @Bean
    Store store(DataFolder folder) {
        Database database = SqliteFile.in(folder.data());
        Schema.migrate(database);
        return Store.open(database, READERS);
    }
}
