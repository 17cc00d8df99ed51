package io.minimalcluster.master.openapi;

import io.minimalcluster.master.http.problem.ProblemType;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Error responses in the OpenAPI document: the problem schema, and an example and a link per problem type. */
final class ProblemResponses {
    private static final String NAME = "Problem";
    private static final String TYPE = "application/problem+json";

    private ProblemResponses() {}

    static void addSchemaTo(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(new Components());
        }
        Schema<?> problem = new ObjectSchema()
                .description("RFC 9457; problem types may add members.")
                .addProperty("type", new StringSchema().description("URL of a page that explains the problem."))
                .addProperty("title", new StringSchema().description("The problem in a few words."))
                .addProperty("status", new IntegerSchema().description("The status of the answer."))
                .addProperty("detail", new StringSchema().description("What is wrong with this call."))
                .addProperty("instance", new StringSchema().description("The path of the call."));
        problem.setRequired(List.of("type", "title", "status"));
        document.getComponents().addSchemas(NAME, problem);
    }

    /** Creates the response of the problem types with the same status. */
    static ApiResponse of(List<ProblemType> types) {
        MediaType body = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + NAME));
        types.forEach(type -> body.addExamples(
                type.slug(), new Example().summary(type.title()).value(example(type))));
        String description = types.stream()
                .map(type -> "[" + type.title() + "](" + type.path() + ")")
                .collect(Collectors.joining(", "));
        return new ApiResponse().description(description).content(new Content().addMediaType(TYPE, body));
    }

    private static Map<String, Object> example(ProblemType type) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", type.path());
        example.put("title", type.title());
        example.put("status", type.status());
        example.put("detail", type.meaning());
        example.put("instance", "/api/v1/…");
        return example;
    }
}
