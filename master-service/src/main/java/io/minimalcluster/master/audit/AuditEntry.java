package io.minimalcluster.master.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did, or was refused.
 *
 * @param who the name of the key; null where there was no valid one
 * @param action such as {@code load}, {@code run}, {@code cancel}, {@code delete}, {@code refused}
 * @param target what it was done to, an id or a name; of a refusal the call
 * @param status how it was answered
 * @param from the address that it came from
 * @param times how many times: of refusals only some are written, which stand for those before them too
 */
record AuditEntry(
        Instant at,
        @Nullable String who,
        String action,
        @Nullable String target,
        int status,
        String from,
        long times) {}
