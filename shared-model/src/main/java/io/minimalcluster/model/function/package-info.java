/** A target function registered under a name. */
@NullMarked
package io.minimalcluster.model.function;

import org.jspecify.annotations.NullMarked;
