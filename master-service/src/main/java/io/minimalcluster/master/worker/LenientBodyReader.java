package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.http.json.LenientJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON bodies in which unknown fields are ignored, so that workers may be newer than their master. */
@Component
final class LenientBodyReader {
    private final JsonMapper json;

    LenientBodyReader(LenientJson json) {
        this.json = json.mapper();
    }

    /**
     * Reads a body.
     *
     * @throws HttpMessageNotReadableException if it is not JSON of the type
     * @throws Malformed if it is null
     */
    <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
        T body;
        try {
            body = json.readValue(request.getInputStream(), type);
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "The body can't be read.", e, new ServletServerHttpRequest(request));
        }
        if (body == null) {
            throw new Malformed("The body is null.");
        }
        return body;
    }
}
