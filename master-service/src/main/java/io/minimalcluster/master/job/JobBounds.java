package io.minimalcluster.master.job;

import io.minimalcluster.master.http.BodyBound;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

@Configuration(proxyBeanMethods = false)
class JobBounds {
    /** Streamed, and so bound by what a job may have alone. */
    @Bean
    BodyBound argumentLines() {
        return BodyBound.of("POST", "/api/v1/jobs", BodyBound.ITS_OWN).ofType(MediaType.APPLICATION_NDJSON_VALUE);
    }
}
