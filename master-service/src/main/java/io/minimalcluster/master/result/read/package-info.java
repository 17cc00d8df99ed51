/** Reads recorded outcomes: as values, as streams or pages of results, and for single tasks. */
@NullMarked
package io.minimalcluster.master.result.read;

import org.jspecify.annotations.NullMarked;
