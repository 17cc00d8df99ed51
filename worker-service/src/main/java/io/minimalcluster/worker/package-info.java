/**
 * The worker process: its life from registration to graceful shutdown, its Spring context and its actuator.
 * {@link io.minimalcluster.worker.Worker} needs no Spring, so a master can run one within itself.
 */
@NullMarked
package io.minimalcluster.worker;

import org.jspecify.annotations.NullMarked;
