/** Commands for the workers and keys of a cluster, and the live view. */
@NullMarked
package io.minimalcluster.client.cli.cluster;

import org.jspecify.annotations.NullMarked;
