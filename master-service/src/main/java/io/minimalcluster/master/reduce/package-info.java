/**
 * Folds values into one, as {@code reduce} asks for it: the arithmetic alone. Knows no job and no store; called with
 * values as they are kept, one after the other.
 */
@NullMarked
package io.minimalcluster.master.reduce;

import org.jspecify.annotations.NullMarked;
