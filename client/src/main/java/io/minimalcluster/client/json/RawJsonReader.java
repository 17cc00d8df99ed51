package io.minimalcluster.client.json;

import io.minimalcluster.model.job.RawJson;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Deserialises a JSON value to its text token by token, without a tree, and preserves all digits of numbers. */
final class RawJsonReader extends StdDeserializer<RawJson> {
    private static final JsonFactory JSON = new JsonFactory();

    RawJsonReader() {
        super(RawJson.class);
    }

    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            WireJson.copy(parser, out);
        }
        String json = text.toString();
        if (json.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw MismatchedInputException.from(parser, RawJson.class, "half of a character");
        }
        return new RawJson(json);
    }
}
