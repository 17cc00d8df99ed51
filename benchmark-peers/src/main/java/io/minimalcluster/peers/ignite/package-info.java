/** The driver and the workers of Ignite. They run with the jars of Ignite alone. */
@NullMarked
package io.minimalcluster.peers.ignite;

import org.jspecify.annotations.NullMarked;
