package io.minimalcluster.master.http.json;

import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON of workers, which may be newer than this master: what it does not know it passes over. */
@Component
public class LenientJson {
    private final JsonMapper json;

    public LenientJson(JsonMapper json) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** Made once: a mapper learns each type at its first use, which takes milliseconds. */
    public JsonMapper mapper() {
        return json;
    }
}
