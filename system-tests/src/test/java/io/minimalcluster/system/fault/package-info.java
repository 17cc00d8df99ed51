/** Processes end, and the work goes on. */
@NullMarked
package io.minimalcluster.system.fault;

import org.jspecify.annotations.NullMarked;
