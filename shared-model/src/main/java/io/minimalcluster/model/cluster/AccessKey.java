package io.minimalcluster.model.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named key of the master.
 *
 * @param role client, worker, observer or admin
 * @param expiresAt null for never
 * @param secret the key itself, only in the response to its creation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessKey(
        String name,
        String role,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy,
        @Nullable String secret) {
    @Override
    public String toString() {
        return "AccessKey[" + name + "]";
    }
}
