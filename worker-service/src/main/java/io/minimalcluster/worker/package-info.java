/**
 * The worker process: settings, and the lifecycle from registration to graceful shutdown.
 * {@link io.minimalcluster.worker.Worker} needs no Spring, so a master can run a worker in its process.
 */
@NullMarked
package io.minimalcluster.worker;

import org.jspecify.annotations.NullMarked;
