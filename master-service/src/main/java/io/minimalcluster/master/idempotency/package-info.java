/**
 * {@code Idempotency-Key}: a repeated call with the same key returns the resource that the first call created. A
 * handler declares an {@link io.minimalcluster.master.idempotency.IdempotentCall}, and stores its receipt in the
 * transaction that creates the resource, so both are stored or none. Keys of calls in progress are only in memory, so a
 * crash leaves none locked.
 */
@NullMarked
package io.minimalcluster.master.idempotency;

import org.jspecify.annotations.NullMarked;
