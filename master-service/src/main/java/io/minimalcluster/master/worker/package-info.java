/**
 * Workers: registration, heartbeats, detection of lost workers, and the long poll that answers with batches and orders.
 */
@NullMarked
package io.minimalcluster.master.worker;

import org.jspecify.annotations.NullMarked;
