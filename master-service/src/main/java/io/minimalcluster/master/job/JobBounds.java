package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.http.BodyBound;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;

@Configuration(proxyBeanMethods = false)
class JobBounds {
    /** What a digit and the end of its line take, in digits. */
    private static final long LONGEST_LINE_OF_A_BYTE = 3;

    /**
     * Streamed, and so bound by what a job may have alone. Blanks between arguments have a bound too, or a body of
     * empty lines would never end: there is room for as many arguments as a job can have, however short they are.
     */
    @Bean
    @Order(1)
    BodyBound argumentLines(ArgumentLimits limits) {
        long most = Math.min(limits.jobBytes().bytes(), BodyBound.ITS_OWN / LONGEST_LINE_OF_A_BYTE);
        return BodyBound.of("POST", "/api/v1/jobs", most * LONGEST_LINE_OF_A_BYTE)
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
