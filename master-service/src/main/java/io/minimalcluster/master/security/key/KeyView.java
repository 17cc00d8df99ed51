package io.minimalcluster.master.security.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * JSON form of a stored key.
 *
 * @param secret only in the response to its creation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeyView(
        String name,
        String role,
        @Nullable Instant expiresAt,
        Instant createdAt,
        String createdBy,
        @Nullable String secret) {
    @Override
    public String toString() {
        return "KeyView[" + name + "]";
    }
}
