package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.Phase;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response.
 *
 * @param status the HTTP status; 0 without a response
 * @param body the body, possibly incomplete
 * @param isWhole whether the body is complete
 */
public record CallResponse(int status, String body, boolean isWhole) {
    static final CallResponse NONE = new CallResponse(0, "", false);

    /**
     * The phase that the response proves: a complete 2xx response proves success, and a complete rejection proves that
     * the call had no effect.
     */
    public Phase phase() {
        if (status == 0 || !isWhole) {
            return Phase.UNKNOWN;
        }
        return status < 300 ? Phase.OK : Phase.FAIL;
    }

    public boolean isOk() {
        return phase() == Phase.OK;
    }

    public Optional<JsonNode> json() {
        try {
            return Optional.of(JsonMapper.shared().readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
