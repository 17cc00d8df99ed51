/**
 * The worker's view of the master: its calls over plain HTTP or HTTPS, each made by the worker, each with an end, each
 * failing in one of the ways of {@link io.minimalcluster.worker.master.MasterException}. Touches the network alone.
 */
@NullMarked
package io.minimalcluster.worker.master;

import org.jspecify.annotations.NullMarked;
