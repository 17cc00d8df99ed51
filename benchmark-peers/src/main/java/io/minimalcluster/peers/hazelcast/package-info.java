/** The driver and the workers of Hazelcast. They run with the jars of Hazelcast alone. */
@NullMarked
package io.minimalcluster.peers.hazelcast;

import org.jspecify.annotations.NullMarked;
