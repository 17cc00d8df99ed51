package io.minimalcluster.model.environment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON request of {@code POST /environments}.
 *
 * @param name a display name, which is not part of the identity
 * @param sources Java sources by file name, such as {@code Pi.java} or {@code com/acme/Pi.java}
 */
public record NewEnvironment(@Nullable String name, Map<String, String> sources) {
    public NewEnvironment {
        sources = Map.copyOf(sources);
    }
}
