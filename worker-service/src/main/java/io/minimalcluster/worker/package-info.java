/**
 * The worker process: lifecycle from registration to graceful shutdown, Spring context and actuator.
 * {@link io.minimalcluster.worker.Worker} needs no Spring, so a master can run a worker in its process.
 */
@NullMarked
package io.minimalcluster.worker;

import org.jspecify.annotations.NullMarked;
