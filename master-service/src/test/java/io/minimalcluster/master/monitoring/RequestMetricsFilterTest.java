package io.minimalcluster.master.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class RequestMetricsFilterTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestMetricsFilter filter = new RequestMetricsFilter(registry);
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private void filter(String method, FilterChain chain) throws Exception {
        filter.doFilter(new MockHttpServletRequest(method, "/api/v1/jobs/job-1"), response, chain);
    }

    private long count(String... tags) {
        return registry.get("http.server.requests").tags(tags).timer().count();
    }

    @Test
    void requestsOfAPatternAreOneTimer() throws Exception {
        for (int i = 0; i < 2; i++) {
            filter(
                    "GET",
                    (request, _) ->
                            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/v1/jobs/{id}"));
        }

        assertThat(count("uri", "/api/v1/jobs/{id}", "method", "GET", "status", "200", "outcome", "SUCCESS"))
                .isEqualTo(2);
    }

    @Test
    void exceptionBeforeTheResponseCountsAsServerError() {
        assertThatThrownBy(() -> filter("POST", (_, _) -> {
                    throw new IllegalStateException("no handler catches it");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count("status", "500", "outcome", "SERVER_ERROR", "exception", "IllegalStateException"))
                .isEqualTo(1);
    }

    @Test
    void exceptionDuringTheResponseKeepsItsStatus() {
        assertThatThrownBy(() -> filter("GET", (_, answer) -> {
                    answer.flushBuffer();
                    throw new IOException("broken pipe");
                }))
                .isInstanceOf(IOException.class);

        assertThat(count("status", "200", "exception", "IOException")).isEqualTo(1);
    }

    @Test
    void valuesThatAClientInventsShareATimer() throws Exception {
        filter("BREW", (_, _) -> response.setStatus(404));
        filter("FETCH", (_, _) -> response.setStatus(404));

        assertThat(count("method", "UNKNOWN", "uri", "NOT_FOUND", "outcome", "CLIENT_ERROR"))
                .isEqualTo(2);
    }
}
