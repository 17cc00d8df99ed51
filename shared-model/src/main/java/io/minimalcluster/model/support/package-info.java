/** Helpers that several modules need: digests, sizes, backoffs, the LRU cache and HTTP clients. */
@NullMarked
package io.minimalcluster.model.support;

import org.jspecify.annotations.NullMarked;
