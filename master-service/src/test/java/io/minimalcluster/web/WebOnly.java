package io.minimalcluster.web;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.http.RequestSizeLimit;
import io.minimalcluster.master.store.DiskSpaceGuard;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestDiskSpace;
import io.minimalcluster.master.store.configuration.TestStore;
import java.time.InstantSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** Configuration of the web layer of a master without its features. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = {ErrorMvcAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ComponentScan(
        basePackages = {
            "io.minimalcluster.master.dashboard",
            "io.minimalcluster.master.http",
            "io.minimalcluster.master.idempotency",
            "io.minimalcluster.master.security",
            "io.minimalcluster.web"
        })
@ConfigurationPropertiesScan("io.minimalcluster.master")
public class WebOnly {
    @Bean
    Store store(DataFolder folder) {
        return TestStore.in(folder.data());
    }

    @Bean
    DiskSpaceGuard diskSpace(DataFolder folder) {
        return TestDiskSpace.in(folder.data());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    RequestSizeLimit results() {
        return RequestSizeLimit.of(
                "POST", "/api/v1/workers/{id}/leases/{leaseId}/results", RequestSizeLimit.HANDLER_LIMITED);
    }

    @Bean
    RequestSizeLimit lines() {
        return RequestSizeLimit.of("POST", "/api/v1/jobs", RequestSizeLimit.HANDLER_LIMITED)
                .ofType("application/x-ndjson");
    }
}
