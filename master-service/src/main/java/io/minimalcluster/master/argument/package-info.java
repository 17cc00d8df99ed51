/**
 * The way of arguments in: finds where each ends, checks its kind against the function's parameter, cuts them into
 * segments. Builds no value, and holds a segment at a time.
 */
@NullMarked
package io.minimalcluster.master.argument;

import org.jspecify.annotations.NullMarked;
