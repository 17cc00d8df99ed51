package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.http.RequestSizeLimit;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;

@Configuration(proxyBeanMethods = false)
class JobRequestSizeLimits {
    /** What a digit and the end of its line take, in digits. */
    private static final long LONGEST_LINE_OF_A_BYTE = 3;

    /**
     * Streamed, and so bound by what a job may have alone. Blanks between arguments have a bound too, or a body of
     * empty lines would never end: there is room for as many arguments as a job can have, however short they are.
     */
    @Bean
    @Order(1)
    RequestSizeLimit argumentLines(ArgumentLimits limits) {
        long most = Math.min(limits.jobBytes().bytes(), RequestSizeLimit.ITS_OWN / LONGEST_LINE_OF_A_BYTE);
        return RequestSizeLimit.of("POST", "/api/v1/jobs", most * LONGEST_LINE_OF_A_BYTE)
                .ofType(MediaType.APPLICATION_NDJSON_VALUE)
                .holding(limits.argumentBytes().bytes());
    }

    /** Streamed too, argument by argument. */
    @Bean
    @Order(2)
    RequestSizeLimit postedJobs(ArgumentLimits limits) {
        return RequestSizeLimit.of("POST", "/api/v1/jobs", RequestSizeLimit.USUAL)
                .holding(limits.argumentBytes().bytes());
    }

    @Bean
    RequestSizeLimit postedRuns(ArgumentLimits limits) {
        return RequestSizeLimit.of("POST", "/api/v1/run", RequestSizeLimit.USUAL)
                .holding(limits.argumentBytes().bytes());
    }
}
