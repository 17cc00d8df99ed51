package io.minimalcluster.worker.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer to send. */
record FakeAnswer(int status, Map<String, String> headers, byte[] body) {
    static final FakeAnswer NOTHING = new FakeAnswer(204, Map.of(), new byte[0]);

    static FakeAnswer of(int status, String json) {
        return new FakeAnswer(
                status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    static FakeAnswer file(byte[] bytes, String sha256) {
        return new FakeAnswer(
                200, Map.of("Content-Type", "application/octet-stream", "ETag", '"' + sha256 + '"'), bytes);
    }

    static FakeAnswer problem(int status, String slug, String detail) {
        String json = "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(slug, slug, status, detail);
        return new FakeAnswer(
                status, Map.of("Content-Type", "application/problem+json"), json.getBytes(StandardCharsets.UTF_8));
    }

    FakeAnswer with(String name, String value) {
        return new FakeAnswer(status, Map.of("Content-Type", "application/problem+json", name, value), body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
