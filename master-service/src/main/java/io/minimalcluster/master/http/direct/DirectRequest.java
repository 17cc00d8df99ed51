package io.minimalcluster.master.http.direct;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A request for a {@link DirectCall}.
 *
 * @param variables values of the variables in the path
 * @param parameters values of the query
 */
public record DirectRequest(
        HttpServletRequest request,
        HttpServletResponse response,
        Map<String, String> variables,
        Map<String, String> parameters) {

    /** The value of a variable of the path. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return value;
    }

    /** The value of a parameter of the query; null if it is absent. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** Sends JSON text. */
    public void answerJson(int status, byte[] json) throws IOException {
        JsonPieces pieces = new JsonPieces();
        pieces.add(json);
        answerJson(status, pieces);
    }

    /** Sends JSON text. */
    public void answerJson(int status, JsonPieces json) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length());
        json.writeTo(response.getOutputStream());
    }

    /** Sends 204. */
    public void answerNothing() {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
