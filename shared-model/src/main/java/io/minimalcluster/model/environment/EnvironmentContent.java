package io.minimalcluster.model.environment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The posted content of an environment: {@code GET /environments/{id}/sources}.
 *
 * @param sources the posted texts by file name
 * @param libraries in the order of the class path
 */
public record EnvironmentContent(Map<String, String> sources, List<PostedFile> libraries, List<PostedFile> resources) {
    public EnvironmentContent {
        sources = new LinkedHashMap<>(sources);
        libraries = List.copyOf(libraries);
        resources = List.copyOf(resources);
    }
}
