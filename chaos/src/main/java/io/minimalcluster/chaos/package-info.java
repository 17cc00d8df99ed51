/** The command {@code chaos}: injects faults into a cluster and reports violations. */
@NullMarked
package io.minimalcluster.chaos;

import org.jspecify.annotations.NullMarked;
