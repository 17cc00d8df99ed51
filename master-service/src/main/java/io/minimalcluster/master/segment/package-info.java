/**
 * Blocks of raw JSON values, in which arguments and results are stored. Code that stores, sends or streams values works
 * on these bytes and never builds a value.
 */
@NullMarked
package io.minimalcluster.master.segment;

import org.jspecify.annotations.NullMarked;
