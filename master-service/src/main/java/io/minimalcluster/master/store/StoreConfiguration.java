package io.minimalcluster.master.store;

import io.minimalcluster.master.DataFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    private static final int READERS = 4;

    @Bean
    Store store(DataFolder folder) {
        SqliteFile file = SqliteFile.in(folder.data());
        Schema.migrate(file);
        return Store.open(file, READERS);
    }
}
