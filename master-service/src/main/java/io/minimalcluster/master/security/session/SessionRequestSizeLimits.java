package io.minimalcluster.master.security.session;

import io.minimalcluster.master.http.RequestSizeLimit;
import io.minimalcluster.master.security.SessionCookie;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SessionRequestSizeLimits {
    private static final long BYTES = 4 * 1024;

    /** Anybody may post one, so it is not much that is read. */
    @Bean
    RequestSizeLimit signIns() {
        return RequestSizeLimit.of("POST", SessionCookie.CALL, BYTES);
    }
}
