package io.minimalcluster.master.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RawRequest;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final int LIMIT = 2048;

    @TempDir
    static Path data;

    static RunningMaster master;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(
                data,
                "--minimalcluster.limits.request-bytes=2KB",
                "--minimalcluster.limits.body-idle-timeout=300ms",
                "--server.tomcat.connection-timeout=300ms");
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static RawRequest post(String path) throws IOException {
        return master.authorized("POST", path);
    }

    private static String chunked(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    @Test
    void bodyAtTheLimitIsAccepted() throws IOException {
        var response = post("/api/v1/environments")
                .body("text/plain", "x".repeat(LIMIT))
                .send();
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void bodyAboveTheLimitIsRejectedByItsContentLength() throws IOException {
        var problem = post("/api/v1/environments")
                .body("text/plain", "x".repeat(LIMIT + 1))
                .send()
                .isProblem(413, "payload-too-large");
        assertThat(problem.path("limitBytes").asInt()).isEqualTo(LIMIT);
    }

    @Test
    void bodyAboveTheLimitIsRejectedBeforeItIsSent() throws IOException {
        post("/api/v1/environments")
                .header("Expect", "100-continue")
                .header("Content-Length", "1000000000000")
                .send()
                .isProblem(413, "payload-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/environments", "/api/v1/jobs"})
    void chunkedBodyAboveTheLimitIsRejected(String path) throws IOException {
        post(path)
                .header("Content-Type", "application/json")
                .header("Transfer-Encoding", "chunked")
                .tail(chunked("{\"name\":\"" + "x".repeat(LIMIT) + "\"}"))
                .send()
                .isProblem(413, "payload-too-large");
    }

    @Test
    void streamedBodiesHaveTheirOwnLimit() throws IOException {
        String longBody = "x".repeat(10 * LIMIT);
        assertThat(post("/api/v1/jobs")
                        .body("application/x-ndjson", longBody)
                        .send()
                        .body())
                .isEqualTo("20480\n");
        assertThat(post("/api/v1/workers/w/leases/l/results")
                        .json(longBody)
                        .send()
                        .body())
                .isEqualTo("20480\n");
    }

    @Test
    void keyIsCheckedBeforeTheBodySize() throws IOException {
        master.call("POST", "/api/v1/jobs").json("x".repeat(LIMIT + 1)).send().isProblem(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip", "nonsense"})
    void compressedBodyIsRejected(String encoding) throws IOException {
        post("/api/v1/jobs")
                .header("Content-Encoding", encoding)
                .json("{}")
                .send()
                .isProblem(415, "unsupported-media-type");
    }

    @Test
    void formUrlencodedBodyIsNotDecoded() throws IOException {
        String source = "long f(long x) { return x + 1 & 3 % 2; } // %d a=b&c";
        var response = post("/api/v1/environments?name=n")
                .body("application/x-www-form-urlencoded", source)
                .send();
        assertThat(response.body()).isEqualTo(source + "|n");
    }

    @Test
    void stalledBodyTimesOut() throws IOException {
        post("/api/v1/environments")
                .header("Content-Type", "text/plain")
                .header("Content-Length", "10")
                .tail("abc")
                .send()
                .isProblem(408, "request-timeout");
        post("/api/v1/jobs")
                .header("Content-Type", "application/json")
                .header("Content-Length", "10")
                .tail("{\"a\"")
                .send()
                .isProblem(408, "request-timeout");
    }

    @Test
    void bodyShorterThanItsContentLengthIsMalformed() throws IOException {
        for (String path : new String[] {"/api/v1/environments", "/api/v1/jobs"}) {
            post(path)
                    .header("Content-Type", "application/json")
                    .header("Content-Length", "1000")
                    .tail("{\"name\":\"")
                    .closeOutputAfterSending()
                    .send()
                    .isProblem(400, "malformed-request");
        }
    }

    @Test
    void stalledHeaderClosesTheConnection() throws IOException {
        assertThat(RawRequest.untilClosed(master.port(), "GET /problems HTTP/1.1\r\nHost: loc"))
                .isEmpty();
    }

    /** With ordinary timeouts: a sender on a busy machine may pause in mid-body. */
    @Test
    void clientReadsTheRejectionWhileSendingTheBody(@TempDir Path folder) throws Exception {
        try (RunningMaster ordinary = RunningMaster.start(folder, "--minimalcluster.limits.request-bytes=2KB");
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + ordinary.port() + "/api/v1/environments"))
                    .header("Authorization", "Bearer " + ordinary.authkey())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[20_000_000]))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
            assertThat(statusAfterSending(ordinary, 1500, 100_000)).isEqualTo("HTTP/1.1 413 ");
        }
    }

    /** Sends a whole chunked body before it reads, as many clients do. */
    private static String statusAfterSending(RunningMaster ordinary, int chunks, int bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ordinary.port())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/environments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + ordinary.authkey()
                            + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = (Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < chunks; i++) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
        }
    }
}
