package io.minimalcluster.client;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.minimalcluster.model.environment.Diagnostic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Problem details of an error response (RFC 9457).
 *
 * @param type URI of the problem type, such as {@code /problems/compilation-failed}
 * @param diagnostics compiler messages, for {@code compilation-failed}
 * @param candidates existing target functions, for an unknown function
 * @param more other extension members by name
 */
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable String instance,
        List<Diagnostic> diagnostics,
        List<String> candidates,
        @JsonAnySetter Map<String, JsonNode> more) {
    @SuppressWarnings("ConstantValue") // Jackson passes null for absent members
    public Problem {
        type = type == null ? "about:blank" : type;
        title = title == null ? "" : title;
        diagnostics = diagnostics == null ? List.of() : List.copyOf(diagnostics);
        candidates = candidates == null ? List.of() : List.copyOf(candidates);
        more = more == null ? Map.of() : Map.copyOf(more);
    }

    static Problem ofStatus(int status, String title) {
        return new Problem("about:blank", title, status, null, null, List.of(), List.of(), Map.of());
    }

    /** The last path segment of the type, such as {@code compilation-failed}. */
    public String slug() {
        return type.substring(type.lastIndexOf('/') + 1);
    }
}
