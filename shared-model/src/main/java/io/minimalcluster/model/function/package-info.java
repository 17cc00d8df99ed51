/** Registered names of target functions. */
@NullMarked
package io.minimalcluster.model.function;

import org.jspecify.annotations.NullMarked;
