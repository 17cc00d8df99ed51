package io.minimalcluster.master.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log: an action or a rejected call.
 *
 * @param who name of the key; null without a valid key
 * @param action such as {@code load}, {@code run}, {@code cancel}, {@code delete}, {@code refused}
 * @param target id or name of the resource; for a rejection the call
 * @param status HTTP status of the response
 * @param from remote address
 * @param times number of calls that the entry represents; rejections beyond the rate limit are counted in a later entry
 */
record AuditEntry(
        Instant at,
        @Nullable String who,
        String action,
        @Nullable String target,
        int status,
        String from,
        long times) {}
