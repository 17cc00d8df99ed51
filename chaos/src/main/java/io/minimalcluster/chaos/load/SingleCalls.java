package io.minimalcluster.chaos.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

/** Calls to a master that are made once, whatever becomes of them. */
public final class SingleCalls implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final URI master;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("patience").factory());

    public SingleCalls(URI master, String key) {
        this.master = master;
        this.key = key;
    }

    URI master() {
        return master;
    }

    String key() {
        return key;
    }

    public CallResponse get(String path) {
        return send(request(path).GET());
    }

    /** Whether the master answers at all, and has its store. */
    boolean areAnswered() {
        try {
            HttpRequest look = request("/jobs?limit=1").timeout(LOOK).build();
            return http.send(look, BodyHandlers.discarding()).statusCode() == 200;
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

    /** Posts a body, under a key if one is given. */
    public CallResponse post(String path, String contentType, String body, String idempotencyKey) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
        return send(idempotencyKey.isEmpty() ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    /** The same with a key that is not the cluster's, or none if it is empty. */
    CallResponse callWithWrongKey(String path, String wrongKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(master + "/api/v1" + path));
        return send((wrongKey.isEmpty() ? request : request.header("Authorization", "Bearer " + wrongKey)).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(master + "/api/v1" + path)).header("Authorization", "Bearer " + key);
    }

    private CallResponse send(HttpRequest.Builder request) {
        return send(request, ANSWER);
    }

    /** Reads for so long at most, and gives what came until then. */
    CallResponse stream(String path, Duration longest) {
        return send(request(path).GET(), longest);
    }

    private CallResponse send(HttpRequest.Builder request, Duration longest) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(ANSWER).build(), BodyHandlers.ofInputStream());
            return read(response, longest);
        } catch (IOException e) {
            return CallResponse.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CallResponse.NONE;
        }
    }

    /** A body that breaks off, or takes too long, is not whole. */
    private CallResponse read(HttpResponse<InputStream> response, Duration longest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean whole = true;
        InputStream body = response.body();
        ScheduledFuture<?> end = patience.schedule(() -> close(body), longest.toMillis(), TimeUnit.MILLISECONDS);
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
            // it is over in any case
        }
    }

    @Override
    public void close() {
        patience.shutdownNow();
        http.shutdownNow();
    }
}
