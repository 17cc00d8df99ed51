/**
 * Registration with the master, heartbeats, and the watchdog that fences the worker when the master does not respond
 * for the duration of a lease.
 */
@NullMarked
package io.minimalcluster.worker.registration;

import org.jspecify.annotations.NullMarked;
