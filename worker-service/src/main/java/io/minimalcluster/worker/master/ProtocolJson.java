package io.minimalcluster.worker.master;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.hc.core5.http.ContentType;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON mapper of the worker API. Unknown fields are ignored, so that versions can be mixed. */
final class ProtocolJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** Without a charset, which JSON does not have. The master answers the plain form by its shortest path. */
    static final ContentType CONTENT_TYPE = ContentType.create("application/json");

    private ProtocolJson() {}
}
