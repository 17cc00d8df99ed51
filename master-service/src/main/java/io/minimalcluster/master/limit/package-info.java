/** Bounds of memory and of rates that several features share. */
@NullMarked
package io.minimalcluster.master.limit;

import org.jspecify.annotations.NullMarked;
