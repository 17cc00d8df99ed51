/**
 * The program of the JVMs that a service forks: an executor that runs tasks, or a compiler. It alone meets user code,
 * in processes that hold no secret.
 */
@NullMarked
package io.minimalcluster.task;

import org.jspecify.annotations.NullMarked;
