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

/** Schemas of responses that handlers write themselves. */
final class ResponseSchema {
    private ResponseSchema() {}

    /** The content of a response; null without a body. */
    static @Nullable Content of(OperationDescription documentation, String status, @Nullable ApiResponses generated) {
        Map<String, String> described = documentation.returns().get(status);
        if (described != null) {
            Content content = new Content();
            described.forEach((type, keyword) -> content.addMediaType(type, new MediaType().schema(schema(keyword))));
            return content;
        }
        if (generated == null || status.equals("204")) {
            return null;
        }
        // springdoc assigns the return type of a handler to 200, whatever its status
        ApiResponse known = generated.getOrDefault(status, generated.get("200"));
        return known == null ? null : known.getContent();
    }

    private static Schema<?> schema(String keyword) {
        return switch (keyword) {
            case "array" -> new ArraySchema().items(new Schema<>());
            case "object" -> new ObjectSchema();
            case "text" -> new StringSchema();
            case "bytes" -> new BinarySchema();
            case "any" -> new Schema<>();
            default -> new Schema<>().$ref("#/components/schemas/" + keyword);
        };
    }
}
