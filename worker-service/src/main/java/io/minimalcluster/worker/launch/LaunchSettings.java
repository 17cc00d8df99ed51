package io.minimalcluster.worker.launch;

import io.minimalcluster.model.worker.Isolation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How children are walled off.
 *
 * @param isolation the level to use; null takes the strongest that works here
 * @param minimum below this level there is no launcher
 * @param firstUserId the user ids that children get start here
 */
public record LaunchSettings(@Nullable Isolation isolation, Isolation minimum, int firstUserId) {
    /** In a gap that no distribution hands out: neither Debian's, nor systemd's, nor containers'. */
    public static final int FIRST_USER_ID = 60_600;

    public LaunchSettings {
        Objects.requireNonNull(minimum, "minimum");
        if (firstUserId < 1) {
            throw new IllegalArgumentException("the first user id of executors must be positive, not " + firstUserId);
        }
    }
}
