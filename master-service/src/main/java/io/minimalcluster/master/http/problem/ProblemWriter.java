package io.minimalcluster.master.http.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.master.error.MasterException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem responses for MVC, the filters and Tomcat. The {@code Accept} header is ignored. */
@Component
public final class ProblemWriter {
    private static final int MAX_INSTANCE_LENGTH = 512;

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the problem, unless the response is already committed. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body =
                (json.writeValueAsString(body(problem, instance(request.getRequestURI()))) + "\n").getBytes(UTF_8);
        response.resetBuffer();
        response.setHeader("Cache-Control", "no-store"); // the handler may have set another one
        response.setHeader("ETag", null);
        response.setStatus(problem.type().status());
        problem.headers().forEach(response::setHeader);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Writes the problem of an exception, unless the response is already committed. */
    public void write(HttpServletRequest request, HttpServletResponse response, MasterException error)
            throws IOException {
        write(request, response, DomainProblemMapper.of(error));
    }

    private static Map<String, Object> body(Problem problem, String instance) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", problem.type().path());
        body.put("title", problem.type().title());
        body.put("status", problem.type().status());
        body.put("detail", problem.detail());
        body.put("instance", instance);
        body.putAll(problem.extras());
        return body;
    }

    /** The path is null if Tomcat could not parse the request line. */
    private static String instance(@Nullable String path) {
        if (path == null) {
            return "";
        }
        return path.length() > MAX_INSTANCE_LENGTH ? path.substring(0, MAX_INSTANCE_LENGTH) : path;
    }
}
