/**
 * JMH benchmarks of the paths that every argument takes within a process: the scan of a submitted list and the cut of a
 * batch in the master, and the call of a function in an executor. Each runs in JVMs with the compilers of the process
 * that it stands for.
 */
@NullMarked
package io.minimalcluster.micro;

import org.jspecify.annotations.NullMarked;
