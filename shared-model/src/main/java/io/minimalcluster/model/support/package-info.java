/** Helpers that several modules need: digests. */
@NullMarked
package io.minimalcluster.model.support;

import org.jspecify.annotations.NullMarked;
