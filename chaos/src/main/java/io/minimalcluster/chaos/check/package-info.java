/** One check per invariant. Checks use only the history, and no calls to the cluster. */
@NullMarked
package io.minimalcluster.chaos.check;

import org.jspecify.annotations.NullMarked;
