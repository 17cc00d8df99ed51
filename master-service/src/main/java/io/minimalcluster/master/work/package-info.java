/**
 * Wakes the polls of workers when there is work, or an order, for them. In memory alone: who is not woken asks again.
 */
@NullMarked
package io.minimalcluster.master.work;

import org.jspecify.annotations.NullMarked;
