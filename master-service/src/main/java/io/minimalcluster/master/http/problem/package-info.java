/**
 * Maps every failure to a response of {@code application/problem+json}, and serves the pages that explain the problem
 * types. Features throw a {@link io.minimalcluster.master.error.MasterException}; the rest is for the web configuration
 * alone.
 */
@NullMarked
package io.minimalcluster.master.http.problem;

import org.jspecify.annotations.NullMarked;
