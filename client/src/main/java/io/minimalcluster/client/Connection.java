package io.minimalcluster.client;

import io.minimalcluster.client.json.ArgumentException;
import io.minimalcluster.model.support.MasterHttpClients;
import io.minimalcluster.model.support.TlsFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** An HTTP connection to one master. It maps responses to values and exceptions. */
final class Connection implements AutoCloseable {
    static final String JSON = "application/json";
    static final String JSON_LINES = "application/x-ndjson";

    private static final int MAX_ERROR_BYTES = 1024;
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    private final URI master;
    private final Authkey key;
    private final ObjectMapper json;
    private final RetryPolicy retryPolicy = RetryPolicy.sleeping();
    private final HttpClient http;

    /** @param trust the accepted certificates; null for those of the JDK */
    Connection(URI master, Authkey key, ObjectMapper json, @Nullable SSLContext trust) {
        this.master = master;
        this.key = key;
        this.json = json;
        this.http = MasterHttpClients.builder(List.of(master), trust)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Builds a path below {@code /api/v1} from segments, and percent-encodes each segment. */
    static String path(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    static String withQuery(String path, Map<String, String> parameters) {
        return parameters.isEmpty()
                ? path
                : path
                        + parameters.entrySet().stream()
                                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    <T> T get(String path, TypeReference<T> type) {
        return get(path, Duration.ZERO, type);
    }

    /** A long poll: the request timeout includes the wait. */
    <T> T get(String path, Duration wait, TypeReference<T> type) {
        return call(request(path).timeout(RESPONSE_TIMEOUT.plus(wait)).GET(), type);
    }

    <T> T post(String path, TypeReference<T> type) {
        return post(path, RESPONSE_TIMEOUT, type);
    }

    /** A POST request without a body. */
    <T> T post(String path, Duration timeout, TypeReference<T> type) {
        return call(request(path).timeout(timeout).POST(BodyPublishers.noBody()), type);
    }

    <T> T post(String path, Object body, TypeReference<T> type) {
        BodyPublisher bytes = BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        return call(
                request(path)
                        .timeout(RESPONSE_TIMEOUT)
                        .header("Content-Type", JSON)
                        .POST(bytes),
                type);
    }

    /** A POST request without a body whose response has none either. */
    void post(String path) {
        close(send(request(path).timeout(RESPONSE_TIMEOUT).POST(BodyPublishers.noBody()))
                .body());
    }

    /** A POST request without a timeout. */
    <T> T postWithoutTimeout(String path, TypeReference<T> type) {
        return call(request(path).POST(BodyPublishers.noBody()), type);
    }

    /** A POST request with an idempotency key, and so with retries. */
    <T> T create(String path, Object body, TypeReference<T> type) {
        BodyPublisher bytes = BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        String idempotencyKey = newIdempotencyKey();
        return retryPolicy.send(() -> call(
                creating(path, JSON, idempotencyKey).timeout(RESPONSE_TIMEOUT).POST(bytes), type));
    }

    /** A POST request with an idempotency key and retries, without a timeout because the body has any length. */
    HttpResponse<InputStream> create(String path, String contentType, BodyPublisher body) {
        String idempotencyKey = newIdempotencyKey();
        return retryPolicy.send(
                () -> send(creating(path, contentType, idempotencyKey).POST(body)));
    }

    /** A POST request with a body that can be sent only once, and so without retries. */
    HttpResponse<InputStream> createOnce(String path, String contentType, BodyPublisher body) {
        return send(creating(path, contentType, newIdempotencyKey()).POST(body));
    }

    private static String newIdempotencyKey() {
        return UUID.randomUUID().toString();
    }

    private HttpRequest.Builder creating(String path, String contentType, String idempotencyKey) {
        return request(path).header("Content-Type", contentType).header("Idempotency-Key", idempotencyKey);
    }

    void delete(String path) {
        close(send(request(path).timeout(RESPONSE_TIMEOUT).DELETE()).body());
    }

    /** Opens the response body as a stream. The caller closes it. */
    InputStream stream(String path, String accept) {
        return send(request(path).setHeader("Accept", accept).GET()).body();
    }

    UnreachableException unreachable(IOException cause) {
        return new UnreachableException(master, cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(master + "/api/v1" + path))
                .header("Authorization", "Bearer " + key.secret())
                .header("Accept", "application/json, application/problem+json");
    }

    private <T> T call(HttpRequest.Builder request, TypeReference<T> type) {
        return read(send(request).body(), type);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() >= 300) {
                throw new ProblemException(problem(response));
            }
            return response;
        } catch (IOException e) {
            ArgumentException.throwIfCauseOf(e);
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(new IOException("interrupted", e));
        }
    }

    private Problem problem(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            if (response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
                return json.readValue(body, Problem.class);
            }
            return Problem.ofStatus(
                    response.statusCode(),
                    "HTTP " + response.statusCode() + " from " + master + ", "
                            + (TlsFailure.requiresTls(response.statusCode(), body.readNBytes(MAX_ERROR_BYTES))
                                    ? "because " + TlsFailure.REQUIRED
                                    : "which does not look like a master"));
        }
    }

    <T> T read(InputStream body, TypeReference<T> type) {
        try (body) {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw unreachable(new IOException("the response is not valid JSON of a master", e));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
