/** Startup of the master process, and beans that all features share. */
@NullMarked
package io.minimalcluster.master;

import org.jspecify.annotations.NullMarked;
