package io.minimalcluster.master.http.json;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Deserializes strings and rejects unpaired surrogates, which can't be encoded as UTF-8. */
final class StrictStringDeserializer extends StdScalarDeserializer<String> {
    StrictStringDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = StringDeserializer.instance.deserialize(parser, context);
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw MismatchedInputException.from(parser, String.class, "an unpaired surrogate");
        }
        return text;
    }
}
