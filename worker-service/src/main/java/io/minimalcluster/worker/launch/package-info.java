/**
 * Forks JVMs at the strongest isolation level that works on this machine, and terminates them. Used by the executors
 * and by the compiler of the master. It exchanges frames with a child but does not interpret them.
 */
@NullMarked
package io.minimalcluster.worker.launch;

import org.jspecify.annotations.NullMarked;
