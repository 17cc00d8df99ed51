/** The driver and the workers of Spark. They run with the jars of Spark alone. */
@NullMarked
package io.minimalcluster.peers.spark;

import org.jspecify.annotations.NullMarked;
