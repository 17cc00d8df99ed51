/** The processes of a run and the proxies between them: starting, killing, stopping and counting. */
@NullMarked
package io.minimalcluster.chaos.cluster;

import org.jspecify.annotations.NullMarked;
