/** The state of the cluster. */
@NullMarked
package io.minimalcluster.model.cluster;

import org.jspecify.annotations.NullMarked;
