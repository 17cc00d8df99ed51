package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.http.BodyBound;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;

@Configuration(proxyBeanMethods = false)
class JobBounds {
    /** Streamed, and so bound by what a job may have alone. */
    @Bean
    @Order(1)
    BodyBound argumentLines(ArgumentLimits limits) {
        return BodyBound.of("POST", "/api/v1/jobs", BodyBound.ITS_OWN)
                .ofType(MediaType.APPLICATION_NDJSON_VALUE)
                .holding(limits.argumentBytes().bytes());
    }

    /** Streamed too, argument by argument. */
    @Bean
    @Order(2)
    BodyBound postedJobs(ArgumentLimits limits) {
        return BodyBound.of("POST", "/api/v1/jobs", BodyBound.USUAL)
                .holding(limits.argumentBytes().bytes());
    }

    @Bean
    BodyBound postedRuns(ArgumentLimits limits) {
        return BodyBound.of("POST", "/api/v1/run", BodyBound.USUAL)
                .holding(limits.argumentBytes().bytes());
    }
}
