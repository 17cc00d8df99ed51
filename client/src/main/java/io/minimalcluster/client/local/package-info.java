/**
 * Clusters on this machine with processes for master and workers. {@link LocalCluster} is temporary;
 * {@link StartCluster} and {@link StopCluster} manage a background cluster.
 */
@NullMarked
package io.minimalcluster.client.local;

import org.jspecify.annotations.NullMarked;
