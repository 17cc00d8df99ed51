/**
 * {@code Idempotency-Key}: a call that creates something, sent again with the same key, gives what the first one made.
 * A handler declares an {@link io.minimalcluster.master.idempotency.IdempotentCall}, and keeps its receipt in the
 * transaction that keeps the thing, so there is never one without the other. A key in use is known to this process
 * alone, so no crash can leave one behind.
 */
@NullMarked
package io.minimalcluster.master.idempotency;

import org.jspecify.annotations.NullMarked;
