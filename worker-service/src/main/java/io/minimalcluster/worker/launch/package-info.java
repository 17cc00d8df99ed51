/**
 * Forks JVMs at the strongest isolation level that works on this machine, and terminates them. Used by the executors
 * and by the compiler of the master; it knows nothing of a child but the frames that it exchanges.
 */
@NullMarked
package io.minimalcluster.worker.launch;

import org.jspecify.annotations.NullMarked;
