package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The isolation settings of child processes.
 *
 * @param isolation the level to use; null for the strongest that works here
 * @param minimum the lowest acceptable level
 * @param firstUserId the first user id of children
 */
public record LaunchSettings(@Nullable Isolation isolation, Isolation minimum, int firstUserId) {
    public LaunchSettings {
        Objects.requireNonNull(minimum, "minimum");
        if (firstUserId < 1) {
            throw new IllegalArgumentException("the first user id of executors must be positive, not " + firstUserId);
        }
    }
}
