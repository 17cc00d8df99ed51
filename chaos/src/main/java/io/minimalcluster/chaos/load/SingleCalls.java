package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.job.JobRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Calls to a master without retries. */
public final class SingleCalls implements AutoCloseable {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);

    private final URI master;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("chaos-timeouts").factory());

    public SingleCalls(URI master, String key) {
        this.master = master;
        this.key = key;
    }

    public CallResponse get(String path) {
        return send(request(path).GET());
    }

    /** Whether the master answers and its store is available. */
    boolean isMasterAvailable() {
        try {
            HttpRequest probe = request("/jobs?limit=1").timeout(PROBE_TIMEOUT).build();
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    CallResponse post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    CallResponse delete(String path) {
        return send(request(path).DELETE());
    }

    /** Posts a body, with an Idempotency-Key unless it is empty. */
    public CallResponse post(String path, String contentType, String body, String idempotencyKey) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
        return send(idempotencyKey.isEmpty() ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    /** Posts a job with all its arguments but without the end of the body, and then resets the connection. */
    CallResponse abortUpload(String environment, JobRequest order) {
        String lines = order.body(environment);
        String head = """
                POST /api/v1/jobs?environmentId=%s&%s HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Authorization: Bearer %s\r
                Content-Type: application/x-ndjson\r
                Transfer-Encoding: chunked\r
                \r
                %x\r
                %s\r
                """.formatted(environment, order.query(), master.getPort(), key, lines.length(), lines);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), master.getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // the upload ended earlier
        }
        return CallResponse.NONE;
    }

    /** A GET with an invalid key, or without a key if it is empty. */
    CallResponse callWithWrongKey(String path, String wrongKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(master + "/api/v1" + path));
        return send((wrongKey.isEmpty() ? request : request.header("Authorization", "Bearer " + wrongKey)).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(master + "/api/v1" + path)).header("Authorization", "Bearer " + key);
    }

    private CallResponse send(HttpRequest.Builder request) {
        return send(request, RESPONSE_TIMEOUT);
    }

    /** Reads a response for a limited time and returns the part received. */
    CallResponse stream(String path, Duration timeout) {
        return send(request(path).GET(), timeout);
    }

    private CallResponse send(HttpRequest.Builder request, Duration timeout) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(RESPONSE_TIMEOUT).build(), BodyHandlers.ofInputStream());
            return read(response, timeout);
        } catch (IOException e) {
            return CallResponse.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CallResponse.NONE;
        }
    }

    /** Reads a body. It is incomplete after an error or the timeout. */
    private CallResponse read(HttpResponse<InputStream> response, Duration timeout) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean whole = true;
        InputStream body = response.body();
        ScheduledFuture<?> end = timeouts.schedule(() -> close(body), timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            body.transferTo(bytes);
        } catch (IOException e) {
            whole = false;
        }
        whole &= end.cancel(false);
        close(body);
        return new CallResponse(response.statusCode(), bytes.toString(StandardCharsets.UTF_8), whole);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // the response is not used any more
        }
    }

    @Override
    public void close() {
        timeouts.shutdownNow();
        http.shutdownNow();
    }
}
