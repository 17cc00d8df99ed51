/**
 * The main class of the JVMs that a service forks: executors, which run tasks, and compilers. Only these processes
 * handle user code, and they hold no secrets.
 */
@NullMarked
package io.minimalcluster.task;

import org.jspecify.annotations.NullMarked;
