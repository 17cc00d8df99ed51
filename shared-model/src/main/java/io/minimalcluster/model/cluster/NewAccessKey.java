package io.minimalcluster.model.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for a named key.
 *
 * @param role client, worker, observer or admin
 * @param expiresAt null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewAccessKey(
        String name, String role, @Nullable Instant expiresAt) {}
