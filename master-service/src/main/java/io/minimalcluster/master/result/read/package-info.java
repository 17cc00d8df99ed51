/** Reads recorded outcomes: as values, as lines of results, as one task. */
@NullMarked
package io.minimalcluster.master.result.read;

import org.jspecify.annotations.NullMarked;
