/**
 * Batches that the worker has leased: their state, the download of shared values, and their execution in the executor
 * pool.
 */
@NullMarked
package io.minimalcluster.worker.batch;

import org.jspecify.annotations.NullMarked;
