/**
 * Every refusal that this service utters: what the domain throws, how it reads as {@code application/problem+json}, and
 * the pages that explain it. Any feature may throw a {@link io.minimalcluster.master.problem.MasterException}; the rest
 * is for the web set-up alone.
 */
@NullMarked
package io.minimalcluster.master.problem;

import org.jspecify.annotations.NullMarked;
