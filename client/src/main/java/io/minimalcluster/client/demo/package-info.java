/** The {@code demo} command: a cluster of real processes that estimates Pi and stops. */
@NullMarked
package io.minimalcluster.client.demo;

import org.jspecify.annotations.NullMarked;
