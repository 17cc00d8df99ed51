/** The cluster as a whole, as it is shown. */
@NullMarked
package io.minimalcluster.model.cluster;

import org.jspecify.annotations.NullMarked;
