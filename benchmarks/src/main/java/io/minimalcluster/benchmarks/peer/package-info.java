/**
 * The driver of another system, a process with the jars of that system. The benchmarks ask it to run workloads and get
 * the times. The package depends on the JDK and on the code of the tasks, because drivers have no jar of the client.
 */
@NullMarked
package io.minimalcluster.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
