/**
 * Runs batches of tasks in executors: forked JVMs, some kept warm, each serving one slot and one environment of one
 * owner at a time. Called by what talks with the master; knows no lease, no job and no index, only the positions of a
 * batch.
 */
@NullMarked
package io.minimalcluster.worker.executor;

import org.jspecify.annotations.NullMarked;
