package io.minimalcluster.master.security.session;

import io.minimalcluster.master.http.RequestSizeLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SessionRequestSizeLimits {
    private static final long BYTES = 4 * 1024;

    /** Small, because the call needs no key. */
    @Bean
    RequestSizeLimit signIns() {
        return RequestSizeLimit.of("POST", SessionCookie.CALL, BYTES);
    }
}
