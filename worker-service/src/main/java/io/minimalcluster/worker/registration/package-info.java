/**
 * Registration at the master, heartbeats, and the watchdog that stops leased work when the master does not respond for
 * the time of a lease.
 */
@NullMarked
package io.minimalcluster.worker.registration;

import org.jspecify.annotations.NullMarked;
