package io.minimalcluster.master.http.json;

import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON mapper for workers, which may be newer than this master: ignores unknown properties. */
@Component
public class LenientJson {
    private final JsonMapper json;

    public LenientJson(JsonMapper json) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** The shared mapper. A new mapper would spend milliseconds on the first use of each type. */
    public JsonMapper mapper() {
        return json;
    }
}
