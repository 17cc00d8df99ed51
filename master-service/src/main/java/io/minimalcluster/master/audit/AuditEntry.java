package io.minimalcluster.master.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log: an action or a rejected call.
 *
 * @param actor name of the key; null without a valid key
 * @param action such as {@code load}, {@code run}, {@code cancel}, {@code delete}, {@code refused}
 * @param target id or name of the resource; for a rejection the call
 * @param status HTTP status of the response
 * @param address remote address
 * @param count number of calls that the entry represents; rejections beyond the rate limit are counted in a later entry
 */
record AuditEntry(
        Instant at,
        @JsonProperty("who") @Nullable String actor,
        String action,
        @Nullable String target,
        int status,
        @JsonProperty("from") String address,
        @JsonProperty("times") long count) {}
