package io.minimalcluster.client;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.minimalcluster.model.environment.Diagnostic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a master refused a call, as RFC 9457 writes it.
 *
 * @param type where the problem is explained, such as {@code /problems/compilation-failed}
 * @param diagnostics what the compiler found, where it was the compiler that refused
 * @param candidates the target functions that there are, where the one asked for is not
 * @param more what else this type of problem tells, by its field
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
    @SuppressWarnings("ConstantValue") // Jackson passes null for what is not in the answer
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

    /** The last word of the type, such as {@code compilation-failed}. */
    public String slug() {
        return type.substring(type.lastIndexOf('/') + 1);
    }
}
