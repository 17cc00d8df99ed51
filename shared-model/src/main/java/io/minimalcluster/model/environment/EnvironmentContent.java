package io.minimalcluster.model.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The posted content of an environment: {@code GET /environments/{id}/sources}.
 *
 * @param main the compiled classes in place of sources; null for sources
 * @param sources the posted texts by file name
 * @param libraries in the order of the class path
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentContent(
        @Nullable PostedFile main,
        Map<String, String> sources,
        List<PostedFile> libraries,
        List<PostedFile> resources) {
    public EnvironmentContent {
        sources = new LinkedHashMap<>(sources);
        libraries = List.copyOf(libraries);
        resources = List.copyOf(resources);
    }
}
