/**
 * Health indicators and metrics. docs/metrics.md lists the names of the metrics, which are stable; no label has a value
 * for each job, owner or worker.
 */
@NullMarked
package io.minimalcluster.master.monitoring;

import org.jspecify.annotations.NullMarked;
