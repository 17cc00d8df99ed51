package io.minimalcluster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response, parsed from its bytes. */
public record RawResponse(int status, Map<String, String> headers, String body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static RawResponse parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        assertThat(end).as("a response with headers in: %s", text).isPositive();
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip(), (a, b) -> a + " AND " + b);
        }
        String body = text.substring(end + 4);
        return new RawResponse(
                Integer.parseInt(lines[0].split(" ", 3)[1]),
                headers,
                "chunked".equals(headers.get("Transfer-Encoding")) ? decodeChunked(body) : body);
    }

    /** Decodes a chunked body. Offsets count characters, so the body must be ASCII. */
    private static String decodeChunked(String body) {
        StringBuilder decoded = new StringBuilder();
        for (int at = 0; at < body.length(); ) {
            int end = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, end), 16);
            decoded.append(body, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
        return decoded.toString();
    }

    public String header(String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** Checks for a complete problem of this type with the common headers, and returns the problem. */
    public JsonNode isProblem(int expected, String slug) {
        assertThat(status).as("%s", this).isEqualTo(expected);
        assertThat(header("Content-Type")).as("%s", this).isEqualTo("application/problem+json");
        hasCommonHeaders();
        assertThat(body).endsWith("}\n");
        JsonNode problem = json();
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(expected);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.has("instance")).isTrue();
        assertThat(body).doesNotContain("Exception", "secret", "tomcat", "Tomcat", "\tat ");
        return problem;
    }

    /** Checks for the headers that every response has, and for the absence of headers that disclose internals. */
    public RawResponse hasCommonHeaders() {
        assertThat(header("X-Request-Id")).as("%s", this).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(header("Cache-Control")).isNotEmpty();
        assertThat(headers).doesNotContainKeys("Server", "Set-Cookie", "Access-Control-Allow-Origin");
        return this;
    }
}
