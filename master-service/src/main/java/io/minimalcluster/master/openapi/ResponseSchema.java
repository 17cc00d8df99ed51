package io.minimalcluster.master.openapi;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is in an answer that a handler writes by itself, and in one whose status no type tells. */
final class ResponseSchema {
    private ResponseSchema() {}

    /** Null where there is no body. */
    static @Nullable Content of(OperationDescription words, String status, @Nullable ApiResponses generated) {
        Map<String, String> said = words.returns().get(status);
        if (said != null) {
            Content content = new Content();
            said.forEach((type, word) -> content.addMediaType(type, new MediaType().schema(schema(word))));
            return content;
        }
        if (generated == null || status.equals("204")) {
            return null;
        }
        // what a handler's type says is held to be of 200, whatever it answers with
        ApiResponse known = generated.getOrDefault(status, generated.get("200"));
        return known == null ? null : known.getContent();
    }

    private static Schema<?> schema(String word) {
        return switch (word) {
            case "array" -> new ArraySchema().items(new Schema<>());
            case "object" -> new ObjectSchema();
            case "text" -> new StringSchema();
            case "bytes" -> new BinarySchema();
            case "any" -> new Schema<>();
            default -> new Schema<>().$ref("#/components/schemas/" + word);
        };
    }
}
