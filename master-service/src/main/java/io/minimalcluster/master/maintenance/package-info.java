/** Periodic tasks of the master, and the scheduler that runs them. */
@NullMarked
package io.minimalcluster.master.maintenance;

import org.jspecify.annotations.NullMarked;
