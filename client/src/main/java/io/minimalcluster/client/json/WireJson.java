package io.minimalcluster.client.json;

import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.support.JsonLimits;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The JSON of requests and responses, with all digits of numbers. */
public final class WireJson {
    private static final int MAX_ENVELOPE_DEPTH = 20;

    // the master has limited the length of values and their numbers
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonLimits.MAX_DEPTH + MAX_ENVELOPE_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    public static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(new SimpleModule("exact-json")
                    .addDeserializer(RawJson.class, new RawJsonReader())
                    .addDeserializer(JsonNode.class, new ExactNodeReader()))
            .build();

    private WireJson() {}

    /** Copies the current value of a parser with its numbers as they are written. */
    public static void copy(JsonParser from, JsonGenerator to) {
        int depth = 0;
        JsonToken token = from.currentToken();
        while (token != null) {
            if (token.isNumeric()) {
                to.writeNumber(from.getString());
            } else {
                to.copyCurrentEvent(from);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            token = depth == 0 ? null : from.nextToken();
        }
    }
}
