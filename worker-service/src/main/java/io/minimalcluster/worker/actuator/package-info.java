/** The HTTP endpoints of the worker process: health, build information and metrics, served by the JDK's HTTP server. */
@NullMarked
package io.minimalcluster.worker.actuator;

import org.jspecify.annotations.NullMarked;
