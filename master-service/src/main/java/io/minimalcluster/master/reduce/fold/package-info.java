/**
 * The arithmetic of the built-in reductions. It knows no job and no store; its input is one stored value after the
 * other.
 */
@NullMarked
package io.minimalcluster.master.reduce.fold;

import org.jspecify.annotations.NullMarked;
