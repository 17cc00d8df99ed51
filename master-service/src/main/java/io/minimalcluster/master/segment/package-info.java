/**
 * Blocks of raw JSON values: what arguments and results are kept in. Never builds a value; used by whoever stores,
 * hands out or streams them.
 */
@NullMarked
package io.minimalcluster.master.segment;

import org.jspecify.annotations.NullMarked;
