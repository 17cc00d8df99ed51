package io.minimalcluster.model.environment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an environment was made of: {@code GET /environments/{id}/sources}.
 *
 * @param sources as they were posted, by file name
 * @param libraries in the order of the class path
 */
public record EnvironmentContent(Map<String, String> sources, List<PostedFile> libraries, List<PostedFile> resources) {
    public EnvironmentContent {
        sources = new LinkedHashMap<>(sources);
        libraries = List.copyOf(libraries);
        resources = List.copyOf(resources);
    }
}
