package io.minimalcluster.chaos.load;

import io.minimalcluster.chaos.history.Phase;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back: a status and a body, of which the end may be missing; or nothing, and then the status is 0. */
public record CallResponse(int status, String body, boolean isWhole) {
    static final CallResponse NONE = new CallResponse(0, "", false);

    /** Only the whole of an answer with 2xx says that something was done, only a refusal that it was not. */
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
