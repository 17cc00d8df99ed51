/**
 * A Java client of a master: environments, functions, jobs, values and workers as typed calls. It stands on the wire
 * records, Jackson and the JDK's HTTP client alone, and holds no more of a job in memory than the caller asks for.
 */
@NullMarked
package io.minimalcluster.client;

import org.jspecify.annotations.NullMarked;
