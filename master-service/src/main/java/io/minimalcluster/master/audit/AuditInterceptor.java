package io.minimalcluster.master.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Records calls that change state in the audit log, except the protocol of workers. */
@Component
class AuditInterceptor implements HandlerInterceptor {
    private static final String API = "/api/v1";
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("POST /environments", "load"),
            Map.entry("DELETE /environments/{id}", "delete"),
            Map.entry("POST /functions", "register"),
            Map.entry("DELETE /functions/{name}", "delete"),
            Map.entry("POST /jobs", "run"),
            Map.entry("POST /run", "run"),
            Map.entry("POST /jobs/{id}/cancel", "cancel"),
            Map.entry("POST /jobs/{id}/pause", "pause"),
            Map.entry("POST /jobs/{id}/resume", "resume"),
            Map.entry("POST /jobs/{id}/retry", "retry"),
            Map.entry("DELETE /jobs/{id}", "delete"),
            Map.entry("POST /workers/{id}/drain", "drain"),
            Map.entry("POST /workers/{id}/resume", "resume"),
            Map.entry("DELETE /session", "sign-out"),
            Map.entry("POST /keys", "make-key"),
            Map.entry("DELETE /keys/{name}", "revoke-key"),
            Map.entry("POST /cluster/local-worker", "local-worker-join"),
            Map.entry("DELETE /cluster/local-worker", "local-worker-leave"),
            Map.entry("POST /cluster/backup", "backup"),
            Map.entry("POST /cluster/shutdown", "shutdown"));

    private final AuditLog audit;

    AuditInterceptor(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception error) {
        String action = ACTIONS.get(request.getMethod() + " " + pattern(request));
        if (action != null) {
            audit.add(
                    request.getRemoteUser(),
                    action,
                    target(request, response).orElse(null),
                    response.getStatus(),
                    request.getRemoteAddr());
        }
    }

    private static String pattern(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        String text = String.valueOf(pattern);
        return text.startsWith(API) ? text.substring(API.length()) : text;
    }

    /** The resource in the path, or the created resource. */
    private static Optional<String> target(HttpServletRequest request, HttpServletResponse response) {
        Stream<String> inPath =
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        ? variables.values().stream().map(String::valueOf)
                        : Stream.empty();
        String location = response.getHeader("Location");
        return Stream.concat(inPath, Stream.ofNullable(location).map(path -> path.substring(path.lastIndexOf('/') + 1)))
                .findFirst();
    }
}
