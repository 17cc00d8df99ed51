package io.minimalcluster.master.session;

import io.minimalcluster.master.http.BodyBound;
import io.minimalcluster.master.security.SessionCookie;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SessionBounds {
    private static final long BYTES = 4 * 1024;

    /** Anybody may post one, so it is not much that is read. */
    @Bean
    BodyBound signIns() {
        return BodyBound.of("POST", SessionCookie.CALL, BYTES);
    }
}
