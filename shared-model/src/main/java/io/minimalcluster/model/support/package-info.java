/** Helpers that several modules need: digests, HTTP clients. */
@NullMarked
package io.minimalcluster.model.support;

import org.jspecify.annotations.NullMarked;
