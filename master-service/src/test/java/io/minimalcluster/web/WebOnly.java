package io.minimalcluster.web;

import io.minimalcluster.master.DataFolder;
import io.minimalcluster.master.http.BodyBound;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.TestStore;
import java.time.InstantSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The web side of a master without its features. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = {ErrorMvcAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ComponentScan({
    "io.minimalcluster.master.html",
    "io.minimalcluster.master.http",
    "io.minimalcluster.master.idempotency",
    "io.minimalcluster.master.problem",
    "io.minimalcluster.master.security",
    "io.minimalcluster.web"
})
@EnableConfigurationProperties(DataFolder.class)
public class WebOnly {
    @Bean
    Store store(DataFolder folder) {
        return TestStore.in(folder.data());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    BodyBound results() {
        return BodyBound.of("POST", "/api/v1/workers/{id}/leases/{leaseId}/results", BodyBound.ITS_OWN);
    }

    @Bean
    BodyBound lines() {
        return BodyBound.of("POST", "/api/v1/jobs", BodyBound.ITS_OWN).ofType("application/x-ndjson");
    }
}
