/** The code of the tasks for the plain loop and for other systems. It depends on the JDK alone. */
@NullMarked
package io.minimalcluster.benchmarks.task;

import org.jspecify.annotations.NullMarked;
