package io.minimalcluster.client;

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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Sends calls to one master and turns what comes back into values or exceptions. */
final class Connection implements AutoCloseable {
    static final String JSON = "application/json";
    static final String JSON_LINES = "application/x-ndjson";

    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI master;
    private final Authkey key;
    private final ObjectMapper json;
    private final RetryPolicy repeated = RetryPolicy.sleeping();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // a master speaks no other
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Connection(URI master, Authkey key, ObjectMapper json) {
        this.master = master;
        this.key = key;
        this.json = json;
    }

    /** A path below {@code /api/v1} from its segments, each encoded. */
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
        return read(send(request(path).timeout(ANSWER).GET()).body(), type);
    }

    /** A call that the master may hold open for as long as it was asked to wait. */
    <T> T get(String path, Duration wait, TypeReference<T> type) {
        return read(send(request(path).timeout(ANSWER.plus(wait)).GET()).body(), type);
    }

    <T> T post(String path, TypeReference<T> type) {
        return read(
                send(request(path).timeout(ANSWER).POST(BodyPublishers.noBody()))
                        .body(),
                type);
    }

    <T> T post(String path, Object body, TypeReference<T> type) {
        return read(
                send(request(path)
                                .timeout(ANSWER)
                                .header("Content-Type", JSON)
                                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))))
                        .body(),
                type);
    }

    /** A call that takes as long as it takes. */
    <T> T postWithoutTimeout(String path, TypeReference<T> type) {
        return read(send(request(path).POST(BodyPublishers.noBody())).body(), type);
    }

    /** A call that creates something: under a key of its own, and so sent again where that may help. */
    <T> T create(String path, Object body, TypeReference<T> type) {
        byte[] bytes = json.writeValueAsBytes(body);
        String idempotencyKey = newKey();
        return repeated.send(() -> read(
                send(creating(path, JSON, idempotencyKey).timeout(ANSWER).POST(BodyPublishers.ofByteArray(bytes)))
                        .body(),
                type));
    }

    /** The same with a body of any length and so without a limit on its time. */
    HttpResponse<InputStream> create(String path, String contentType, BodyPublisher body) {
        String idempotencyKey = newKey();
        return repeated.send(
                () -> send(creating(path, contentType, idempotencyKey).POST(body)));
    }

    /** The same with a body that can be sent but once. */
    HttpResponse<InputStream> createOnce(String path, String contentType, BodyPublisher body) {
        return send(creating(path, contentType, newKey()).POST(body));
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private HttpRequest.Builder creating(String path, String contentType, String idempotencyKey) {
        return request(path).header("Content-Type", contentType).header("Idempotency-Key", idempotencyKey);
    }

    void delete(String path) {
        close(send(request(path).timeout(ANSWER).DELETE()).body());
    }

    /** The body as it comes; the caller closes it. */
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

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() >= 300) {
                throw new ProblemException(problem(response));
            }
            return response;
        } catch (IOException e) {
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
                    "HTTP " + response.statusCode() + " from " + master + ", which does not look like a master");
        }
    }

    <T> T read(InputStream body, TypeReference<T> type) {
        try (body) {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw unreachable(new IOException("an answer that is not what a master says", e));
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
