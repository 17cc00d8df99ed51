package io.minimalcluster.master.security.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Request body of {@code POST /keys}.
 *
 * @param role client, worker, observer or admin
 * @param expiresAt null for never
 */
record NewKey(
        @Nullable String name,
        @Nullable String role,
        @Nullable Instant expiresAt) {}
