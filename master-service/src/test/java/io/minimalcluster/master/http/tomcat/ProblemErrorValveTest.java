package io.minimalcluster.master.http.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RawRequest;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemErrorValveTest {
    @TempDir
    static Path data;

    static RunningMaster master;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(data);
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nName : value\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nName: a\u0000b\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /../.. HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /a\\b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, nonsense\r\n\r\n",
            })
    void invalidHttpIsMalformed(String bytes) throws IOException {
        RawRequest.send(master.port(), bytes).isProblem(400, "malformed-request");
    }

    @Test
    void longHeadersAreTooLarge() throws IOException {
        var problem = master.call("GET", "/problems")
                .header("Long", "x".repeat(9_000))
                .send()
                .isProblem(431, "headers-too-large");
        assertThat(problem.path("limitBytes").asInt()).isEqualTo(8192);
    }

    @Test
    void manyHeadersAreTooLarge() throws IOException {
        RawRequest call = master.call("GET", "/problems");
        for (int i = 0; i < 200; i++) {
            call.header("H" + i, "1");
        }
        call.send().isProblem(431, "headers-too-large");
    }

    @Test
    void uriAboveTheLimitIsTooLong() throws IOException {
        var problem = master.call("GET", "/" + "x".repeat(9_000)).send().isProblem(414, "uri-too-long");
        assertThat(problem.path("limitBytes").asInt()).isEqualTo(8192);
    }

    @Test
    void traceIsNotAllowed() throws IOException {
        var response = master.call("TRACE", "/problems").send();
        response.isProblem(405, "method-not-allowed");
        assertThat(response.header("Allow")).isNotEmpty();
    }

    @Test
    void validRequestIdIsReturnedAndAnInvalidOneReplaced() throws IOException {
        assertThat(master.call("GET", "/problems")
                        .header("X-Request-Id", "a.B_c-1")
                        .send()
                        .header("X-Request-Id"))
                .isEqualTo("a.B_c-1");
        assertThat(master.call("GET", "/problems")
                        .header("X-Request-Id", "<x>")
                        .send()
                        .header("X-Request-Id"))
                .matches("[0-9a-f]{24}");
    }

    @Test
    void bracketsInAQueryAreAccepted() throws IOException {
        var response = master.authorized("GET", "/api/v1/jobs?state=[a]{b}|c").send();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("[a]{b}|c");
    }

    @Test
    void malformedChunkIsAMalformedRequest() throws IOException {
        master.authorized("POST", "/api/v1/environments")
                .header("Transfer-Encoding", "chunked")
                .tail("zz\r\nabc\r\n0\r\n\r\n")
                .send()
                .isProblem(400, "malformed-request");
    }

    @Test
    void failureOutsideMvcHasNoDetails() throws IOException {
        master.authorized("GET", "/api/v1/cluster")
                .header("Fail", "send-error")
                .send()
                .isProblem(503, "unavailable");
    }

    @Test
    void failureAfterTheFirstByteTruncatesTheResponse() throws IOException {
        var response = master.authorized("GET", "/api/v1/cluster")
                .header("Fail", "halfway")
                .send();
        assertThat(response.header("Content-Length")).isEqualTo("1000");
        assertThat(response.body()).isEqualTo("x");
    }

    @Test
    void upgradesAreIgnored() throws IOException {
        assertThat(master.call("GET", "/problems")
                        .header("Upgrade", "h2c")
                        .header("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA")
                        .send()
                        .status())
                .isEqualTo(200);
    }
}
