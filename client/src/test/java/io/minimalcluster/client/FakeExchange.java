package io.minimalcluster.client;

import com.sun.net.httpserver.HttpExchange;
import io.minimalcluster.model.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A call of a {@link FakeMaster}: its parameters, body and response. */
final class FakeExchange {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int MAX_PAGE_SIZE = 10;

    private final HttpExchange http;
    private final Predicate<String> isSent;

    /** @param isSent whether a successful response with this body is sent and not dropped */
    FakeExchange(HttpExchange http, Predicate<String> isSent) {
        this.http = http;
        this.isSent = isSent;
    }

    String method() {
        return http.getRequestMethod();
    }

    /** The path below {@code /api/v1}. */
    String path() {
        return http.getRequestURI().getRawPath().replaceFirst("^/api/v1", "");
    }

    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    <T> Page<T> page(List<T> all, Set<String> allowed) {
        Map<String, String> asked = parameters(allowed);
        int limit = Math.min(MAX_PAGE_SIZE, Integer.parseInt(asked.getOrDefault("limit", "100")));
        int before = Integer.parseInt(asked.getOrDefault("after", "cursor-0").replace("cursor-", ""));
        int end = before + limit;
        return new Page<>(all.stream().skip(before).limit(limit).toList(), all.size() > end ? "cursor-" + end : null);
    }

    Map<String, String> parameters(Set<String> allowed) {
        String query = http.getRequestURI().getQuery();
        Map<String, String> parameters = query == null
                ? Map.of()
                : Stream.of(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        for (String name : parameters.keySet()) {
            if (!allowed.contains(name)) {
                throw new Refused(400, "malformed-request", "unknown parameter", Map.of("field", name));
            }
        }
        return parameters;
    }

    <T> T body(Class<T> type) throws IOException {
        if (!"application/json".equals(header("Content-Type"))) {
            throw new Refused(415, "unsupported-media-type", "this takes JSON", Map.of());
        }
        try {
            return JSON.readValue(http.getRequestBody().readAllBytes(), type);
        } catch (JacksonException e) {
            throw new Refused(400, "malformed-request", e.getOriginalMessage(), Map.of("line", 1, "column", 1));
        }
    }

    Stream<String> lines() throws IOException {
        return new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).lines();
    }

    void ok(Object body) throws IOException {
        send(200, body);
    }

    void send(int status, Object body) throws IOException {
        send(status, "application/json", JSON.writeValueAsString(body));
    }

    void send(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getRequestBody().readAllBytes();
        if (status < 300 && !isSent.test(body)) {
            return; // the exchange is closed without a response
        }
        http.getResponseHeaders().add("Content-Type", type);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
    }

    void noContent() throws IOException {
        http.sendResponseHeaders(204, -1);
    }

    /** Sends the beginning of a response whose connection is then closed. */
    void sendBroken(String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", type);
        http.sendResponseHeaders(200, bytes.length + 10L);
        http.getResponseBody().write(bytes);
        http.getResponseBody().flush();
    }

    void refuse(Refused refused) throws IOException {
        send(refused.status, "application/problem+json", JSON.writeValueAsString(refused.body(path())));
    }

    /** Makes {@link FakeMaster} respond with problem details. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String slug;
        private final transient Map<String, Object> more;

        Refused(int status, String slug, String detail, Map<String, Object> more) {
            super(detail);
            this.status = status;
            this.slug = slug;
            this.more = more;
        }

        Map<String, Object> body(String path) {
            Map<String, Object> body = new LinkedHashMap<>(more);
            body.put("type", "/problems/" + slug);
            body.put("title", slug.replace('-', ' '));
            body.put("status", status);
            body.put("detail", String.valueOf(getMessage()));
            body.put("instance", "/api/v1" + path);
            return body;
        }
    }
}
