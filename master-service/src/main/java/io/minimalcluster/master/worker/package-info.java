/**
 * Workers: registration, heartbeats, detection of lost workers, and the long poll that hands out batches and orders.
 */
@NullMarked
package io.minimalcluster.master.worker;

import org.jspecify.annotations.NullMarked;
