/** The long poll: requests batches for the free slots, and carries out the orders in the response. */
@NullMarked
package io.minimalcluster.worker.poll;

import org.jspecify.annotations.NullMarked;
