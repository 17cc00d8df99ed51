package io.minimalcluster.master.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionCookieTest {
    private static String header(boolean secure) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", SessionCookie.CALL);
        request.setSecure(secure);
        request.addHeader("X-Forwarded-Proto", secure ? "http" : "https");
        return SessionCookie.header(request, "00", Duration.ofHours(12));
    }

    @Test
    void cookieIsSecureOverTls() {
        assertThat(header(true)).contains("; Secure").contains("HttpOnly", "SameSite=Strict", "Max-Age=43200");
        assertThat(header(false)).doesNotContain("Secure").contains("HttpOnly", "SameSite=Strict");
    }
}
