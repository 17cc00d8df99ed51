/** Tests of the HTTP endpoints of the worker process. */
@NullMarked
package io.minimalcluster.worker.actuator;

import org.jspecify.annotations.NullMarked;
