/** Cluster status, local worker, URL and shutdown of the master. */
@NullMarked
package io.minimalcluster.master.cluster;

import org.jspecify.annotations.NullMarked;
