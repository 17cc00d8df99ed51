@NullMarked
package io.minimalcluster.worker.executor.protocol;

import org.jspecify.annotations.NullMarked;
