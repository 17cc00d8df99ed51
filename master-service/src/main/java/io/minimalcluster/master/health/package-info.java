/**
 * What the health calls say, up or down and no more: the parts that {@code /actuator/health/cluster} is made of. A
 * master without workers is alive and ready, but no cluster.
 */
@NullMarked
package io.minimalcluster.master.health;

import org.jspecify.annotations.NullMarked;
