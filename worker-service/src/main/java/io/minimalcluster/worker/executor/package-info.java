/**
 * Runs batches of tasks in executors: forked JVMs, some kept warm, each serving one slot and one environment of one
 * owner at a time. It knows no lease, no job and no index, only the positions of a batch.
 */
@NullMarked
package io.minimalcluster.worker.executor;

import org.jspecify.annotations.NullMarked;
