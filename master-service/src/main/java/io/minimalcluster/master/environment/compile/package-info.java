/** Compiles posted sources in a forked JVM. */
@NullMarked
package io.minimalcluster.master.environment.compile;

import org.jspecify.annotations.NullMarked;
