@NullMarked
package io.minimalcluster.worker.executor;

import org.jspecify.annotations.NullMarked;
