/** The refusals of the domain: one sealed hierarchy of exceptions, which {@code http.problem} maps to responses. */
@NullMarked
package io.minimalcluster.master.error;

import org.jspecify.annotations.NullMarked;
