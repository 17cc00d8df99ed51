package io.minimalcluster.worker.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A response of the fake master. */
record FakeResponse(int status, Map<String, String> headers, byte[] body) {
    static final FakeResponse NOTHING = new FakeResponse(204, Map.of(), new byte[0]);

    static FakeResponse of(int status, String json) {
        return new FakeResponse(
                status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
    }

    static FakeResponse file(byte[] bytes, String sha256) {
        return new FakeResponse(
                200, Map.of("Content-Type", "application/octet-stream", "ETag", '"' + sha256 + '"'), bytes);
    }

    static FakeResponse problem(int status, String slug, String detail) {
        String json = "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(slug, slug, status, detail);
        return new FakeResponse(
                status, Map.of("Content-Type", "application/problem+json"), json.getBytes(StandardCharsets.UTF_8));
    }

    FakeResponse with(String name, String value) {
        return new FakeResponse(status, Map.of("Content-Type", "application/problem+json", name, value), body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
