/**
 * What a monitor is told in numbers. The names are listed in docs/metrics.md and stay; no label has a value for each
 * job, owner or worker.
 */
@NullMarked
package io.minimalcluster.master.metrics;

import org.jspecify.annotations.NullMarked;
