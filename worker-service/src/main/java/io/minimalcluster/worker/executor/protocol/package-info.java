/** The frames between a worker and its executors. Each received part is validated before use. */
@NullMarked
package io.minimalcluster.worker.executor.protocol;

import org.jspecify.annotations.NullMarked;
