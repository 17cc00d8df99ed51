/**
 * Runs batches of tasks in executors: forked JVMs, some warmed up, each serving one slot and one environment of one
 * scope. This package knows positions of a batch, but no leases, jobs or indexes.
 */
@NullMarked
package io.minimalcluster.worker.executor;

import org.jspecify.annotations.NullMarked;
