package io.minimalcluster.model.environment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /environments} takes as JSON.
 *
 * @param name how people call it; no part of its identity
 * @param sources Java sources by file name, such as {@code Pi.java} or {@code com/acme/Pi.java}
 */
public record NewEnvironment(@Nullable String name, Map<String, String> sources) {
    public NewEnvironment {
        sources = Map.copyOf(sources);
    }
}
