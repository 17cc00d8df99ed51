package io.minimalcluster.system.harness;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** The response to a call. */
public record Response(String call, HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    /** The value of a header, or an empty text. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public byte[] bytes() {
        return response.body();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Json.read(response.body());
    }

    /** Parses the body as JSON lines. */
    public List<JsonNode> lines() {
        return text().lines().map(Json::read).toList();
    }

    /** Checks the status and returns this response. */
    public Response expect(int status) {
        Assertions.assertThat(status()).as("%s answered %s", call, text()).isEqualTo(status);
        return this;
    }

    /** Checks that the response is a complete problem of this status and type, and returns its body. */
    public JsonNode problem(int status, String slug) {
        expect(status);
        Assertions.assertThat(header("Content-Type")).as(call).startsWith("application/problem+json");
        Assertions.assertThat(header("X-Request-Id")).as(call).isNotEmpty();
        Assertions.assertThat(text()).as(call).endsWith("}\n");
        JsonNode problem = json();
        Assertions.assertThat(problem.path("type").asString()).as(text()).isEqualTo("/problems/" + slug);
        Assertions.assertThat(problem.path("status").asInt()).isEqualTo(status);
        for (String field : List.of("title", "detail", "instance")) {
            Assertions.assertThat(problem.path(field).asString("")).as(field).isNotBlank();
        }
        return problem;
    }
}
