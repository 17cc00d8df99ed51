package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.http.RequestSizeLimit;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;

@Configuration(proxyBeanMethods = false)
class JobRequestSizeLimits {
    /** Bytes of a line with an argument of one byte: a digit and a line end of up to two bytes. */
    private static final long MAX_BYTES_PER_BYTE = 3;

    /**
     * Limit of NDJSON bodies, which are streamed and bounded by the limits of a job. White space between arguments
     * counts too, otherwise a body of empty lines would never end. The limit allows the maximum number of arguments of
     * any length.
     */
    @Bean
    @Order(1)
    RequestSizeLimit argumentLines(ArgumentLimits limits) {
        long maxBytes = Math.min(limits.jobBytes().bytes(), RequestSizeLimit.HANDLER_LIMITED / MAX_BYTES_PER_BYTE);
        return RequestSizeLimit.of("POST", "/api/v1/jobs", maxBytes * MAX_BYTES_PER_BYTE)
                .ofType(MediaType.APPLICATION_NDJSON_VALUE)
                .holding(limits.argumentBytes().bytes());
    }

    /** Limit of JSON bodies, which are streamed argument by argument. */
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
