package io.minimalcluster.client.json;

import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.support.JsonLimits;
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
}
