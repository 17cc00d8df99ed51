/** Helpers that several modules need: digests, sizes, backoffs and HTTP clients. */
@NullMarked
package io.minimalcluster.model.support;

import org.jspecify.annotations.NullMarked;
