/**
 * The client of the master: its calls over HTTP or HTTPS with timeouts and retries, each failing in one of the ways of
 * {@link io.minimalcluster.worker.master.MasterCallException}.
 */
@NullMarked
package io.minimalcluster.worker.master;

import org.jspecify.annotations.NullMarked;
