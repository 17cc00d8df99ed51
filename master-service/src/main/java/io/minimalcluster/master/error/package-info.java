/** Exceptions of the domain: one sealed hierarchy, which {@code http.problem} maps to responses. */
@NullMarked
package io.minimalcluster.master.error;

import org.jspecify.annotations.NullMarked;
