package io.minimalcluster.master.result.record;

import io.minimalcluster.master.http.RequestSizeLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResultSizeLimits {
    private static final long PART_BYTES = 256L * 1024 * 1024;

    /** Limit of a part. A part is about a mebibyte, but one long result makes it as long as results may be. */
    @Bean
    RequestSizeLimit partsOfResults() {
        return RequestSizeLimit.of("POST", "/api/v1/workers/{id}/leases/{leaseId}/results", PART_BYTES);
    }
}
