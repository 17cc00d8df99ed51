/** Reductions of the values of a job: how they are named, and how their result is read. */
@NullMarked
package io.minimalcluster.client.reduce;

import org.jspecify.annotations.NullMarked;
