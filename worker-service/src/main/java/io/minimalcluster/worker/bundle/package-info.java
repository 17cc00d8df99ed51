/**
 * Compiled environments on the worker's disk, each fetched once and checked. Touches its own folder, and the network
 * through what it is given.
 */
@NullMarked
package io.minimalcluster.worker.bundle;

import org.jspecify.annotations.NullMarked;
