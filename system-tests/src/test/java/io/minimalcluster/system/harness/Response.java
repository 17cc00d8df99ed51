package io.minimalcluster.system.harness;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;

/** What a call was answered with. */
public record Response(String call, HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    /** A header; empty where there is none. */
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

    /** The lines of NDJSON. */
    public List<JsonNode> lines() {
        return text().lines().map(Json::read).toList();
    }

    /** This, if the status is that. */
    public Response expect(int status) {
        Assertions.assertThat(status()).as("%s answered %s", call, text()).isEqualTo(status);
        return this;
    }

    /** The body of a refusal of a kind, which has all that each refusal has. */
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
