/** The messages between a worker and its executors, each received part checked before use. */
@NullMarked
package io.minimalcluster.worker.executor.protocol;

import org.jspecify.annotations.NullMarked;
