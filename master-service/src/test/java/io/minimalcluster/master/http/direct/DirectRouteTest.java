package io.minimalcluster.master.http.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class DirectRouteTest {
    private static final DirectRoute POLL = new DirectRoute("POST", "/api/v1/workers/{id}/poll", Set.of("wait"));

    private static MockHttpServletRequest request(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setContentType("application/json");
        return request;
    }

    @Test
    void plainPathHasItsVariables() {
        assertThat(DirectRoute.variables(POLL.segments(), DirectRoute.path(request("/api/v1/workers/worker-1/poll"))))
                .isEqualTo(Map.of("id", "worker-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/workers/worker-1/poll/",
                "/api/v1/workers/worker-1/polls",
                "/api/v1/workers//poll",
                "/api/v1/workers/worker%2d1/poll",
                "/api/v1/workers/worker-1;a=b/poll",
                "/api/v1/workers/worker_1/poll",
                "/api/v1/workers/{id}/poll",
                "/api/v1/workers/worker-1",
                "/"
            })
    void otherPathsAreNotPlain(String path) {
        assertThat(DirectRoute.variables(POLL.segments(), DirectRoute.path(request(path))))
                .isNull();
    }

    @Test
    void plainQueryHasItsValues() {
        assertThat(POLL.values("wait=30s")).isEqualTo(Map.of("wait", "30s"));
        assertThat(POLL.values(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wait", "wait=", "wait=3%30s", "wait=1s&wait=1s", "other=1", "wait=1s&other=1", "&wait=1s"})
    void otherQueriesAreNotPlain(String query) {
        assertThat(POLL.values(query)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "POST, application/json, none, true",
                "POST, APPLICATION/JSON, */*, true",
                "POST, application/json, 'application/json, text/plain', true",
                "POST, application/json, text/html, false",
                "POST, application/json;charset=UTF-8, none, true",
                "POST, application/json; charset=utf-8, none, true",
                "POST, application/json;charset=utf-16, none, false",
                "POST, application/x-ndjson, none, false",
                "POST, none, none, false",
                "GET, none, none, true"
            })
    void headersArePlainIfTheyNameJson(String method, String type, String accept, boolean isPlain) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
        request.setContentType(type);
        if (accept != null) {
            request.addHeader("Accept", accept);
        }

        assertThat(DirectRoute.isPlain(request)).isEqualTo(isPlain);
    }
}
