/** What is done to a cluster, and when: drawn from a seed, so that a run can be had again. */
@NullMarked
package io.minimalcluster.chaos.fault;

import org.jspecify.annotations.NullMarked;
